"""The link between an explorer and Python in Google Colab."""

from __future__ import annotations

import pytest

from cnnlab import explorers
from cnnlab.explorers import _explorer
from tests.support.colab import Colab, stand_in


@pytest.fixture
def colab(monkeypatch: pytest.MonkeyPatch) -> Colab:
    return stand_in(monkeypatch)


def html(explorer: explorers.Shapes) -> str:
    return str(explorer._repr_mimebundle_()[0]["text/html"])


def test_python_knows_what_the_page_has_changed(colab: Colab) -> None:
    shapes = explorers.Shapes(rows=6)
    assert f'joinInColab("{shapes._key}");' in html(shapes)
    assert shapes.state["rows"] == 6
    guess = {"state": "shapes", "guess": "3", "right": False}
    colab.call(f"cnnlab-{shapes._key}", {**shapes.state, "rows": 8}, [guess])
    assert shapes.text == "shapes?rows=8"
    assert shapes.guesses == [guess]


def test_two_explorers_are_linked_apart(colab: Colab) -> None:
    one, other = explorers.Shapes(), explorers.Shapes()
    assert html(one) != html(other)
    colab.call(f"cnnlab-{other._key}", {**other.state, "rows": 9}, [])
    assert (one.text, other.text) == ("shapes", "shapes?rows=9")


def test_a_value_that_is_not_legal_is_named(colab: Colab) -> None:
    shapes = explorers.Shapes()
    html(shapes)
    colab.call(f"cnnlab-{shapes._key}", {**shapes.state, "rows": 10**6}, [])
    with pytest.raises(ValueError, match="rows must be "):
        _ = shapes.state


def test_elsewhere_the_page_is_not_told_of_colab(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_explorer, "is_person_present", lambda: True)
    assert "joinInColab" not in html(explorers.Shapes())
