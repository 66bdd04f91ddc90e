"""The pictures of pooling show what TensorFlow computes, and show it without colour."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from cnnlab import figures
from cnnlab.figures import pooling

SIGNED = np.array([[3, -1, -4, -2, 0], [7, -1, -1, -5, 9], [2, 4, 1, 6, 8]])
PATTERN = np.array([[0, 9, 0, 0, 0, 7], [0, 0, 0, 5, 0, 0], [8, 0, 2, 0, 0, 0]])

PICTURES: dict[str, Callable[[], figures.Picture]] = {
    "bench": lambda: figures.pool_bench(SIGNED),
    "bench, one window": lambda: figures.pool_bench(SIGNED, 3, 3),
    "bench, fractions": lambda: figures.pool_bench(SIGNED / 7, 2, 1),
    "gradients": lambda: figures.pool_gradients(SIGNED, [[9, -9]], 3, 2),
    "gradients, one": lambda: figures.pool_gradients([[0]], [[1]], 1, 1),
    "microscope": lambda: figures.shift_microscope(PATTERN),
    "microscope, one": lambda: figures.shift_microscope([[1]], 1, 1, shifts=[0]),
}


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> figures.Picture:
    return PICTURES[request.param]()


def texts(picture: figures.Picture) -> list[str]:
    """Collect all texts that are drawn."""
    return [text.get_text() for text in picture.figure.axes[0].texts]


def outlines(picture: figures.Picture) -> list[tuple[float, str]]:
    """Collect side and dash of each outline, in the order of drawing."""
    from matplotlib.patches import Rectangle

    boxes = [p for p in picture.figure.axes[0].patches if isinstance(p, Rectangle)]
    return [(round(b.get_width(), 2), str(b.get_linestyle())) for b in boxes]


def test_nothing_is_drawn_outside_the_paper(picture: figures.Picture) -> None:
    picture.svg()
    drawn = picture.figure.get_tightbbox()
    width, height = picture.figure.get_size_inches()
    assert 0 <= drawn.x0 < drawn.x1 <= width + 1e-6
    assert 0 <= drawn.y0 < drawn.y1 <= height + 1e-6


def test_no_text_lies_on_another(picture: figures.Picture) -> None:
    picture.svg()
    drawn = picture.figure.axes[0].texts
    boxes = [text.get_window_extent() for text in drawn if text.get_text()]
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:n])


def test_bench_tells_what_each_kind_keeps() -> None:
    made = figures.pool_bench(SIGNED)
    assert "; max: 7 −1; average: 2 −3; " in made.alt
    assert "stride only: 3 −4" in made.alt
    assert "global max: 9; global average: 1.73" in made.alt
    assert "input, 2 × 2 window, stride 2: 3 −1 −4 −2 0 / " in made.alt


def test_bench_outlines_two_windows_with_different_strokes() -> None:
    made = outlines(figures.pool_bench(SIGNED))
    dashes = str((0, (3, 2)))
    assert made[:2] == [(2, "solid"), (1.82, dashes)]
    assert made[2:] == 3 * [(1, "solid"), (0.82, dashes)]


def test_a_single_window_is_not_called_the_first_of_two() -> None:
    made = figures.pool_bench(SIGNED, 3, 3)
    assert len(outlines(made)) == 4
    assert "Dashed" not in " ".join(texts(made))


def test_gradients_reach_the_cells_that_tensorflow_says() -> None:
    made = figures.pool_gradients(SIGNED, [[9, -9]], 3, 2)
    assert "by max: 0 0 0 0 0 / 9 0 0 0 −9 / 0 0 0 0 0; " in made.alt
    assert "by average: 1 1 0 −1 −1 / 1 1 0 −1 −1 / 1 1 0 −1 −1; " in made.alt
    assert made.alt.endswith("largest cell: 1 at (1, 0), 2 at (1, 4)")


def test_a_cell_that_two_windows_choose_names_both_and_adds_up() -> None:
    made = figures.pool_gradients([[0, 5, 0]], [[2, 3, 4]], 1, 1)
    assert "by max: 2 3 4" in made.alt
    tall = figures.pool_gradients([[0, 1, 0], [2, 7, 3]], [[2, 3]], 2, 1)
    assert "by max: 0 0 0 / 0 5 0" in tall.alt
    assert texts(tall).count("1 2") == 2


def test_the_first_of_equals_gets_the_gradient() -> None:
    made = figures.pool_gradients(np.zeros((2, 3)), [[2, 3]], 2, 1)
    assert "by max: 2 3 0 / 0 0 0" in made.alt


def test_incoming_gradients_must_match_the_windows() -> None:
    with pytest.raises(ValueError, match=r"each of the \(1, 2\) windows.*\(2, 1\)"):
        figures.pool_gradients(SIGNED, [[1], [2]], 3, 2)


def test_microscope_cuts_views_and_wraps_nothing() -> None:
    made = figures.shift_microscope(PATTERN, shifts=(0, 2))
    assert "shift 0: 0 9 0 0 / " in made.alt
    assert "shift 2: 0 0 0 7 / " in made.alt


def test_microscope_counts_and_outlines_what_changes() -> None:
    made = figures.shift_microscope([[0, 9, 0, 0, 4, 7]], 1, 2, shifts=(0, 1))
    assert "change from shift 0, in 2 of 3 cells: 12 / 4 = 3: 9 0 3" in made.alt
    assert outlines(made) == 2 * [(1, "solid")]


def test_microscope_shows_no_change_for_a_shift_within_windows() -> None:
    made = figures.shift_microscope([[0, 9, 0, 5, 0], [0] * 5], shifts=(0, 1))
    assert "in 0 of 2 cells: 0 / 14 = 0: 0 0" in made.alt
    assert not outlines(made)


def test_a_change_from_nothing_has_no_share() -> None:
    made = figures.shift_microscope([[0, 9]], 1, shifts=(0, 1))
    assert "in 1 of 1 cells: 9 / 0 = ?: 9" in made.alt


@pytest.mark.parametrize("shifts", [(), (0, -1), (0, 6)])
def test_microscope_refuses_shifts_without_a_view(shifts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shifts|not empty|n, k|fit"):
        figures.shift_microscope(PATTERN, shifts=shifts)


def test_a_window_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="window of 4 does not fit into 3"):
        figures.pool_bench(SIGNED, 4)


def test_all_texts_are_ink_that_reads_on_every_cell() -> None:
    from matplotlib.collections import QuadMesh

    for mesh in PICTURES["gradients"]().figure.findobj(QuadMesh):
        cells = mesh.to_rgba(np.asarray(mesh.get_array())).reshape(-1, 4)
        luminance = cells[:, :3] ** 2.2 @ (0.2126, 0.7152, 0.0722)
        assert ((luminance + 0.05) / (0.012 + 0.05) >= 4.5).all()


def test_the_names_are_those_of_the_package() -> None:
    assert set(pooling.__all__) <= set(figures.__all__)
