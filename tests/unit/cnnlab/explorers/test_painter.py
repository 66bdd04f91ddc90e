"""The kernel painter: its maps against NumPy, its kernels, what is refused."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnlab.explorers import KernelPainter
from cnnlab.explorers._join import HERE
from cnnlab.numerics import corr2d
from tests.support.explorers import arithmetic, node, random_state

FILE = arithmetic("painter")
# What the page computes, in a form that JSON can hold.
CALLS = f"""
import * as page from {json.dumps(FILE.as_uri())};
import {{ response }} from {json.dumps((HERE / "kit" / "paint.mjs").as_uri())};
export const impossible = page.impossible;
export const kernel = page.kernel;
const map = (state, data) =>
  response(page.chosen(state, data), page.kernel(state, data));
export const values = (state, data) => [...map(state, data).values];
export const summary = (state, data) => page.summary(map(state, data), state.view);
export const meaning = (state, data) => page.meaning(page.kernel(state, data));
export const step = (state, data, row, column) =>
  page.step(page.chosen(state, data), page.kernel(state, data), row, column);
export const resized = (state, data, to) =>
  page.resized(page.kernel(state, data), to);
"""


def page(folder: Path, calls: list[tuple[str, list[Any]]]) -> list[Any]:
    (folder / "calls.mjs").write_text(CALLS)
    return node(folder / "calls.mjs", calls)


def painters(count: int) -> list[KernelPainter]:
    """Return painters in random states, kernels and pictures."""
    rng, numbers = random.Random(count), np.random.default_rng(count)
    found = []
    for n in range(count):
        state = random_state(KernelPainter.fields, rng)
        image: Any = None
        if n % 2:
            sides = (128, 128) if n == 1 else numbers.integers(5, 40, size=2)
            image = numbers.integers(0, 256, size=sides).astype(np.uint8)
        if n % 3 == 1:
            cells = numbers.integers(-99, 100, size=int(state["size"]) ** 2)
            state |= {"kernel": "custom", "cells": ",".join(map(str, cells))}
        found.append(KernelPainter(image=image, **state))
    return found


def arguments(painter: KernelPainter) -> list[Any]:
    return [painter.state, painter.traits["data"]]


def test_the_map_is_numpys(tmp_path: Path) -> None:
    shown = painters(24)
    assert shown[1].image().shape == (128, 128)
    got = page(tmp_path, [("values", arguments(each)) for each in shown])
    kernels = page(tmp_path, [("kernel", arguments(each)) for each in shown])
    for painter, values, kernel in zip(shown, got, kernels, strict=True):
        want = corr2d(painter.image(), painter.weights())
        np.testing.assert_allclose(values, want.ravel(), atol=1e-8)
        weights = np.divide(kernel["weights"], kernel["divide"])
        np.testing.assert_allclose(weights, painter.weights().ravel())


def test_the_words_about_a_map_are_true(tmp_path: Path) -> None:
    shown = painters(12)
    found = page(tmp_path, [("summary", arguments(each)) for each in shown])
    for painter, about in zip(shown, found, strict=True):
        values = corr2d(painter.image(), painter.weights()).round(9)
        assert about["low"] == pytest.approx(values.min())
        assert about["high"] == pytest.approx(values.max())
        for name, cells in (("below", values < 0), ("over", values > 255)):
            assert about[name] == pytest.approx(cells.mean(), abs=2e-4)
        view = {
            "signed": values,
            "absolute": abs(values),
            "clipped": values.clip(0, 255),
        }[painter.state["view"]]
        rows, columns = (3 * np.arange(side) // side for side in values.shape)
        for part, mean in enumerate(about["means"]):
            inside = view[rows == part // 3][:, columns == part % 3]
            assert mean == pytest.approx(inside.mean() if inside.size else 0)


def test_one_step_is_worked_out(tmp_path: Path) -> None:
    for painter in painters(8):
        image, weights = painter.image(), painter.weights()
        side = len(weights)
        row, column = (length - side for length in image.shape)
        (step,) = page(tmp_path, [("step", [*arguments(painter), row, column])])
        window = image[row:, column:]
        assert step["window"] == window.ravel().tolist()
        assert step["value"] == pytest.approx((window * weights).sum())


def test_what_the_sum_of_the_weights_means(tmp_path: Path) -> None:
    wanted = {
        "vertical": [0, "flat areas become 0, and only changes are left"],
        "blur": [1, "flat areas keep their brightness"],
        "sharpen": [1, "flat areas keep their brightness"],
        "emboss": [1, "flat areas keep their brightness"],
        "9,0,0,0,0,0,0,0,0": [9, "flat areas get brighter"],
        "-9,0,0,0,0,0,0,0,0": [-9, "flat areas get below 0"],
    }
    for name, meaning in wanted.items():
        state = {"cells": name, "kernel": "custom"} if "," in name else {"kernel": name}
        painter = KernelPainter(**state)
        assert page(tmp_path, [("meaning", arguments(painter))]) == [meaning]
    dark = KernelPainter(cells="1,0,0,0,0,0,0,0,0", kernel="custom", divide=4)
    found = page(tmp_path, [("meaning", arguments(dark))])
    assert found == [[0.25, "flat areas get darker"]]


def test_another_size_keeps_the_middle(tmp_path: Path) -> None:
    small = KernelPainter(weights=np.arange(9).reshape(3, 3))
    large = KernelPainter(weights=np.arange(25).reshape(5, 5))
    wider, narrower = page(
        tmp_path,
        [
            ("resized", [*arguments(small), 5]),
            ("resized", [*arguments(large), 3]),
        ],
    )
    padded = np.pad(np.arange(9).reshape(3, 3), 1).ravel().tolist()
    assert wider == ",".join(map(str, padded))
    assert narrower == "6,7,8,11,12,13,16,17,18"


def test_it_shows_the_picture_and_kernel_it_is_given() -> None:
    photo = np.linspace(0, 1, 42).reshape(6, 7)
    blur = np.full((3, 3), 1 / 9)
    painter = KernelPainter(image=photo, weights=blur, view="clipped")
    np.testing.assert_array_equal(painter.image(), np.round(255 * photo))
    np.testing.assert_allclose(painter.weights(), blur)
    assert painter.state["divide"] == 9
    assert "KernelPainter(image=image)" in painter.traits["data"]["code"]["NumPy"]
    assert list(painter.traits["data"]["images"]) == ["own"]
    learned = np.random.default_rng(0).normal(size=(5, 5))
    rounded = KernelPainter(weights=learned).weights()
    np.testing.assert_allclose(rounded, learned, atol=0.02)
    assert painter.figure().alt.startswith("An image, a 3 by 3 kernel")
    same = KernelPainter(painter.text, image=photo)
    np.testing.assert_array_equal(same.weights(), painter.weights())


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.ones(9), "image must have the shape (rows, columns), not (9,)"),
        (np.ones((8, 8, 3)), "the shape (rows, columns), not (8, 8, 3)"),
        (np.ones((1000, 1000)), "5 to 128 rows and columns, not 1000 and 1000"),
        (np.ones((4, 9)), "5 to 128 rows and columns, not 4 and 9"),
        (np.full((8, 8), np.nan), "values from 0 to 1, not nan to nan"),
        (np.full((8, 8), 255.0), "values from 0 to 1, not 255.0 to 255.0"),
        (np.full((8, 8), -1), "values from 0 to 255, not -1 to -1"),
        (np.full((8, 8), "a"), "image must hold numbers, not <U1"),
    ],
)
def test_bad_pictures_are_named(image: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        KernelPainter(image=image)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (np.ones((2, 2)), "the shape (3, 3) or (5, 5), not (2, 2)"),
        (np.ones((200, 200)), "the shape (3, 3) or (5, 5), not (200, 200)"),
        (None, "from -99 to 99, not nan"),
        (np.full((3, 3), 100), "from -99 to 99, not 100"),
        (np.full((3, 3), "a"), "weights must be numbers, not <U1"),
    ],
)
def test_bad_kernels_are_named(weights: Any, message: str) -> None:
    given = np.full((3, 3), np.nan) if weights is None else weights
    with pytest.raises(ValueError, match=re.escape(message)):
        KernelPainter(weights=given)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("1,2", "cells must be 9 whole numbers from -99 to 99, not 2 numbers"),
        ("1,2,3,4,5,6,7,8,100", "9 whole numbers from -99 to 99, not '100'"),
        ("1,2,3,4,5,6,7,8,--1", "9 whole numbers from -99 to 99, not '--1'"),
        ("1,2,3,4,5,6,7,8,", "9 whole numbers from -99 to 99, not ''"),
    ],
)
def test_bad_cells_are_named_in_both_languages(
    tmp_path: Path, cells: str, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        KernelPainter(kernel="custom", cells=cells)
    state = KernelPainter().state | {"kernel": "custom", "cells": cells}
    (why,) = page(tmp_path, [("impossible", [state])])
    assert why == f"cells is {cells}: it must be 9 numbers from −99 to 99"
    (fits,) = page(
        tmp_path, [("impossible", [state | {"cells": "1,2,3,4,5,6,7,8,-99"}])]
    )
    assert fits == ""
