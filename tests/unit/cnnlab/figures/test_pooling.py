"""The pictures of pooling show TensorFlow's results, not by colour alone."""

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
    """Return all texts that are drawn."""
    return [text.get_text() for text in picture.figure.axes[0].texts]


def outlines(picture: figures.Picture) -> list[tuple[float, str]]:
    """Return side and dash of each outline, in the order of drawing."""
    from matplotlib.patches import Rectangle

    boxes = [p for p in picture.figure.axes[0].patches if isinstance(p, Rectangle)]
    return [(round(b.get_width(), 2), str(b.get_linestyle())) for b in boxes]


def test_nothing_is_drawn_outside_the_figure(picture: figures.Picture) -> None:
    picture.svg()
    drawn = picture.figure.get_tightbbox()
    width, height = picture.figure.get_size_inches()
    assert 0 <= drawn.x0 < drawn.x1 <= width + 1e-6
    assert 0 <= drawn.y0 < drawn.y1 <= height + 1e-6


def test_no_texts_overlap(picture: figures.Picture) -> None:
    picture.svg()
    drawn = picture.figure.axes[0].texts
    boxes = [text.get_window_extent() for text in drawn if text.get_text()]
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:n])


def test_alt_text_of_the_bench_has_the_result_of_each_kind() -> None:
    picture = figures.pool_bench(SIGNED)
    assert "; max: 7 −1; average: 2 −3; " in picture.description
    assert "stride only: 3 −4" in picture.description
    assert "global max: 9; global average: 1.73" in picture.description
    assert "input, 2 × 2 window, stride 2: 3 −1 −4 −2 0 / " in picture.description


def test_bench_outlines_two_windows_with_different_dashes() -> None:
    strokes = outlines(figures.pool_bench(SIGNED))
    dashes = str((0, (3, 2)))
    assert strokes[:2] == [(2, "solid"), (1.82, dashes)]
    assert strokes[2:] == 3 * [(1, "solid"), (0.82, dashes)]


def test_a_single_window_is_not_called_the_first_of_two() -> None:
    picture = figures.pool_bench(SIGNED, 3, 3)
    assert len(outlines(picture)) == 4
    assert "Dashed" not in " ".join(texts(picture))


def test_gradients_reach_the_same_cells_as_in_tensorflow() -> None:
    picture = figures.pool_gradients(SIGNED, [[9, -9]], 3, 2)
    assert "by max: 0 0 0 0 0 / 9 0 0 0 −9 / 0 0 0 0 0; " in picture.description
    assert (
        "by average: 1 1 0 −1 −1 / 1 1 0 −1 −1 / 1 1 0 −1 −1. " in picture.description
    )
    assert picture.description.endswith(
        "Largest cell of each window: window 1 at (1, 0), window 2 at (1, 4)"
    )


def test_a_cell_that_is_largest_in_two_windows_gets_both_gradients() -> None:
    picture = figures.pool_gradients([[0, 5, 0]], [[2, 3, 4]], 1, 1)
    assert "by max: 2 3 4" in picture.description
    tall = figures.pool_gradients([[0, 1, 0], [2, 7, 3]], [[2, 3]], 2, 1)
    assert "by max: 0 0 0 / 0 5 0" in tall.description
    assert texts(tall).count("1 2") == 2


def test_the_first_of_several_largest_cells_gets_the_gradient() -> None:
    picture = figures.pool_gradients(np.zeros((2, 3)), [[2, 3]], 2, 1)
    assert "by max: 2 3 0 / 0 0 0" in picture.description


def test_incoming_gradients_must_match_the_windows() -> None:
    with pytest.raises(ValueError, match=r"each of the \(1, 2\) windows.*\(2, 1\)"):
        figures.pool_gradients(SIGNED, [[1], [2]], 3, 2)


def test_microscope_wraps_no_pixels_around() -> None:
    picture = figures.shift_microscope(PATTERN, shifts=(0, 2))
    assert "shift 0: 0 9 0 0 / " in picture.description
    assert "shift 2: 0 0 0 7 / " in picture.description


def test_microscope_counts_and_outlines_what_changes() -> None:
    picture = figures.shift_microscope([[0, 9, 0, 0, 4, 7]], 1, 2, shifts=(0, 1))
    assert (
        "change from shift 0, in 2 of 3 cells: 12 / 4 = 3: 9 0 3" in picture.description
    )
    assert outlines(picture) == 2 * [(1, "solid")]


def test_microscope_shows_no_change_for_a_shift_within_windows() -> None:
    picture = figures.shift_microscope([[0, 9, 0, 5, 0], [0] * 5], shifts=(0, 1))
    assert "in 0 of 2 cells: 0 / 14 = 0: 0 0" in picture.description
    assert not outlines(picture)


def test_a_change_from_zero_has_no_share() -> None:
    picture = figures.shift_microscope([[0, 9]], 1, shifts=(0, 1))
    assert "in 1 of 1 cells: 9 / 0 = ?: 9" in picture.description


@pytest.mark.parametrize("shifts", [(), (0, -1), (0, 6)])
def test_microscope_refuses_shifts_that_leave_no_view(shifts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shifts|not empty|n, k|fit"):
        figures.shift_microscope(PATTERN, shifts=shifts)


def test_a_window_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="window of 4 does not fit into 3"):
        figures.pool_bench(SIGNED, 4)


def test_all_texts_are_readable_on_every_cell() -> None:
    from matplotlib.collections import QuadMesh

    for mesh in PICTURES["gradients"]().figure.findobj(QuadMesh):
        cells = mesh.to_rgba(np.asarray(mesh.get_array())).reshape(-1, 4)
        luminance = cells[:, :3] ** 2.2 @ (0.2126, 0.7152, 0.0722)
        assert ((luminance + 0.05) / (0.012 + 0.05) >= 4.5).all()


def test_all_names_are_exported_by_the_package() -> None:
    assert set(pooling.__all__) <= set(figures.__all__)
