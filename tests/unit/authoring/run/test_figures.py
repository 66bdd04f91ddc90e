"""The pictures in outputs are found with their alt text, in whatever form they are."""

from __future__ import annotations

from typing import Any

from grader.authoring.run import figures
from tests.support.running import IMG


def shown(
    data: dict[str, Any], about: dict[str, Any] | None = None
) -> list[figures.Picture]:
    output = {"output_type": "display_data", "data": data, "metadata": about or {}}
    return list(figures.pictures([{"id": "c", "metadata": {}, "outputs": [output]}]))


def test_a_png_carries_its_words_in_the_metadata() -> None:
    png = {"image/png": "iVBORw0KGgo=\n", "text/plain": "<Figure>"}
    (spoken,) = shown(png, {"image/png": {"alt": "a line"}})
    assert (spoken.alt, spoken.content[:4]) == ("a line", b"\x89PNG")
    (mute,) = shown(png)
    assert [stop.error for stop in figures.faults([mute])] == [
        "a picture without alt text: say in words what it shows"
    ]


def test_one_picture_in_two_forms_is_one_picture() -> None:
    both = {"text/html": [IMG], "image/png": "iVBORw0KGgo="}
    assert [picture.suffix for picture in shown(both)] == ["gif"]


def test_an_address_may_hold_its_picture_as_text() -> None:
    (drawn,) = shown({"text/html": '<img alt="x" src="data:image/svg+xml,%3Csvg/>">'})
    assert (drawn.suffix, drawn.content) == ("svg", b"<svg/>")


def test_a_drawing_speaks_by_its_title() -> None:
    drawing = "<svg><title>a hill</title><svg/></svg>"
    assert [p.alt for p in shown({"image/svg+xml": drawing})] == ["a hill"]
    assert [p.alt for p in shown({"text/html": f"<p>{drawing}"})] == ["a hill"]
    hidden = '<svg aria-hidden="true"></svg>'
    assert shown({"text/html": hidden}) == []


def test_a_picture_from_elsewhere_is_a_fault() -> None:
    (far,) = shown({"text/html": "<img alt='x' src='https://a.invalid/b.png'>"})
    (stop,) = figures.faults([far])
    assert "https://a.invalid/b.png" in stop.error
