"""The pictures of shapes show Keras' results, not by colour alone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from cnnlab import figures
from cnnlab.figures.shapes import Padding

PICTURES: dict[str, Callable[[], figures.Picture]] = {
    "places": lambda: figures.window_places((5, 8), (3, 3), stride=2),
    "same": lambda: figures.window_places((4, 6), (3, 2), 2, "same"),
    "each side": lambda: figures.window_places((5, 6), (2, 3), 3, ((0, 2), (1, 0))),
    "many": lambda: figures.window_places((11, 12), (1, 1)),
    "one": lambda: figures.window_places((1, 1), (1, 1)),
    "usage": lambda: figures.pixel_usage((5, 6), (3, 3)),
    "gaps": lambda: figures.pixel_usage((7, 7), (2, 2), 3),
}


@pytest.fixture(params=PICTURES)
def picture(request: pytest.FixtureRequest) -> figures.Picture:
    return PICTURES[request.param]()


def texts(picture: figures.Picture) -> list[str]:
    """Return all texts that are drawn."""
    return [text.get_text() for text in picture.figure.axes[0].texts]


def hatched(picture: figures.Picture) -> set[tuple[int, int]]:
    """Return row and column of each hatched cell."""
    from matplotlib.patches import Rectangle

    boxes = [p for p in picture.figure.axes[0].patches if isinstance(p, Rectangle)]
    cells = [b for b in boxes if b.get_hatch() and b.get_width() == 1]
    return {(int(b.get_y()), int(b.get_x())) for b in cells}


def discs(picture: figures.Picture) -> set[tuple[int, int]]:
    """Return row and column of each numbered disc."""
    lines = picture.figure.axes[0].lines
    centres = [
        (float(x), float(y)) for line in lines for x, y in np.asarray(line.get_xydata())
    ]
    return {(int(y), int(x)) for x, y in centres}


def test_nothing_is_drawn_outside_the_figure(picture: figures.Picture) -> None:
    picture.svg()
    drawn = picture.figure.get_tightbbox()
    width, height = picture.figure.get_size_inches()
    assert 0 <= drawn.x0 < drawn.x1 <= width + 1e-6
    assert 0 <= drawn.y0 < drawn.y1 <= height + 1e-6


def test_background_is_light_and_opaque(picture: figures.Picture) -> None:
    from matplotlib.image import imread

    drawn = np.asarray(imread(io.BytesIO(picture.png())))
    assert (drawn[..., 3] == 1).all()
    assert (drawn[0, :, :3] == 1).all()


@pytest.mark.parametrize("make", [figures.window_places, figures.pixel_usage])
def test_alt_text_can_be_written_by_hand(
    make: Callable[..., figures.Picture],
) -> None:
    picture = make((5, 5), (3, 3), alt="by hand")
    assert picture.alt == "by hand"
    assert "5 × 5 image" in picture.description


def test_discs_are_where_windows_start() -> None:
    picture = figures.window_places((5, 8), (3, 3), stride=2)
    assert discs(picture) == {(0, 0), (0, 2), (0, 4), (2, 0), (2, 2), (2, 4)}
    key = "disc 1: upper left cell of position 1"
    assert {"1", "6", key} <= set(texts(picture))
    assert key in picture.description


def test_ignored_cells_are_hatched_named_and_explained() -> None:
    picture = figures.window_places((7, 7), (2, 2), stride=3)
    read = set(product((0, 1, 3, 4), repeat=2))
    assert hatched(picture) == set(product(range(7), repeat=2)) - read
    assert "ignored rows: 2, 5, 6" in picture.description
    assert "ignored columns: 2, 5, 6" in texts(picture)
    assert "hatched: no window covers these cells" in texts(picture)


def test_nothing_is_hatched_if_all_cells_are_read() -> None:
    picture = figures.window_places((5, 5), (3, 3), padding=1)
    assert not hatched(picture)
    assert not re.search(
        "ignored|no window", " ".join([picture.description, *texts(picture)])
    )


def test_formula_shows_its_numbers() -> None:
    picture = figures.window_places((5, 8), (3, 2), 2, ((1, 0), (0, 3)))
    assert "rows: ⌊(5 + 1 + 0 − 3) / 2⌋ + 1 = 2" in picture.description
    assert "columns: ⌊(8 + 0 + 3 − 2) / 2⌋ + 1 = 5" in picture.description
    assert "padding top 1, bottom 0, left 0, right 3" in texts(picture)


def test_formula_without_a_stride_needs_no_floor() -> None:
    picture = figures.window_places((5, 5), (3, 3), padding=1)
    assert "rows: 5 + 1 + 1 − 3 + 1 = 5" in picture.description


@pytest.mark.parametrize(
    ("padding", "cells"),
    [("valid", 0), ("same", 4 + 6 + 1), (1, 2 * 4 + 2 * 6 + 4), (((0, 2), (0, 0)), 12)],
)
def test_each_cell_of_padding_holds_a_zero(padding: Padding, cells: int) -> None:
    picture = figures.window_places((4, 6), (3, 3), stride=2, padding=padding)
    texts_in_cells = [
        t for t in picture.figure.axes[0].texts if t.get_position()[1] > 0
    ]
    zeros = [t for t in texts_in_cells if t.get_text() == "0"]
    labels = [t for t in zeros if t.get_position()[0] < 0]
    assert len(zeros) - len(labels) == cells


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("size", [(28, 7), (9, 16)])
@pytest.mark.parametrize(
    "kernel", [(3, 2), pytest.param((1, 5), marks=pytest.mark.nightly)]
)
@pytest.mark.slow
def test_output_size_with_same_padding_is_as_in_keras(
    size: tuple[int, int], kernel: tuple[int, int], stride: int
) -> None:
    picture = figures.window_places(size, kernel, stride, "same")
    rows, columns = (-(-n // stride) for n in size)
    assert f"output: {rows} × {columns}" in picture.description


@pytest.mark.slow
def test_same_padding_puts_an_odd_cell_at_the_bottom_and_right() -> None:
    picture = figures.window_places((28, 28), (3, 3), 2, "same")
    assert "padding top 0, bottom 1, left 0, right 1" in picture.description
    picture = figures.window_places((8, 7), (1, 1), 2, "same")
    assert "no padding" in picture.description


def test_usage_counts_windows_not_padding() -> None:
    picture = figures.pixel_usage((3, 4), (3, 3), padding=1)
    assert picture.description.endswith("4 6 6 4 / 6 9 9 6 / 4 6 6 4")
    assert texts(picture).count("9") == 2
    assert "most: 9, least: 4" in texts(picture)


def test_usage_is_the_number_of_outputs_that_a_pixel_changes() -> None:
    size, kernel, stride = (6, 8), (2, 3), 2
    picture = figures.pixel_usage(size, kernel, stride)
    counts = np.zeros(size, dtype=int)
    for i, j in np.ndindex(*size):
        x = np.zeros(size)
        x[i, j] = 1
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel)
        counts[i, j] = windows[::stride, ::stride].sum()
    rows = [
        line.split() for line in picture.description.split("pixel: ")[1].split(" / ")
    ]
    assert np.array_equal(np.array(rows, dtype=int), counts)
    assert hatched(picture) == set(map(tuple, np.argwhere(counts == 0).tolist()))


def test_a_note_counts_the_pixels_that_are_never_read() -> None:
    picture = figures.pixel_usage((7, 7), (2, 2), 3)
    assert "hatched: 33 of 49 never read" in texts(picture)


@pytest.mark.nightly
@pytest.mark.slow
def test_equal_data_gives_equal_svg() -> None:
    for make in PICTURES.values():
        assert make().svg() == make().svg()


@pytest.mark.parametrize("make", [figures.window_places, figures.pixel_usage])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((5, 5), (3, 3), 1, "full"), "padding must be"),
        (((5, 5), (6, 3)), "does not fit"),
        (((5, 5), (3, 3), 0), "at least 1"),
        (((5, 5), (3, 3), 1, -1), "at least 0"),
    ],
)
def test_unusable_input_raises_a_clear_error(
    make: Callable[..., figures.Picture], arguments: tuple[object, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        make(*arguments)
