"""The error browser: what the matrix says, which images are chosen, what is refused."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cnnlab.explorers import ErrorBrowser
from cnnlab.explorers.errors._answers import Answers, checked, chosen
from cnnlab.explorers.errors._example import example
from tests.support.explorers import arithmetic, node

FILE = arithmetic("errors")


def answers(count: int, classes: int, seed: int = 0, right: float = 0.7) -> Answers:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, count)
    logits = rng.normal(size=(count, classes))
    logits[np.arange(count), labels] += 4 * right * rng.random(count) + right
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    images = rng.integers(0, 256, (count, 5, 4)).astype(np.uint8)
    return checked(images, labels, shares)


def data_of(given: Answers) -> dict[str, Any]:
    explorer = ErrorBrowser.of(given.images, given.labels, given.probabilities)
    data: dict[str, Any] = explorer.traits["data"]
    return data


@pytest.mark.parametrize(("count", "classes"), [(400, 10), (60, 3), (9, 2), (1, 10)])
def test_the_page_counts_as_numpy_does(count: int, classes: int) -> None:
    given = answers(count, classes, seed=count)
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (given.labels, given.answers), 1)
    data = data_of(given)
    assert data["counts"] == counts.tolist()
    cells = [[i, j] for i in range(classes) for j in range(classes)]
    found = node(FILE, [("measures", [data["counts"], cell]) for cell in cells])
    for (row, column), got in zip(cells, found, strict=True):
        of_row, of_column = given.labels == row, given.answers == column
        assert got["recall"] == [counts[row, row], of_row.sum()]
        assert got["precision"] == [counts[column, column], of_column.sum()]
        assert got["accuracy"] == [(given.labels == given.answers).sum(), count]
    (pair,) = node(FILE, [("mostConfused", [data["counts"]])])
    both = counts + counts.T - 2 * np.diag(counts.diagonal())
    assert both[tuple(pair)] == both.max()
    assert pair[0] < pair[1]


def test_shades_stand_for_shares_of_a_row() -> None:
    pairs = [(0, 9), (1, 1000), (1, 100), (1, 20), (1, 10), (9, 9), (0, 0)]
    found = node(FILE, [("shade", list(pair)) for pair in pairs])
    assert found == [0, 1, 2, 3, 4, 4, 0]


def test_errors_come_most_confident_first_and_right_answers_least() -> None:
    given = answers(3000, 10, seed=2)
    rows = chosen(given)
    confidence = given.probabilities.max(axis=1)
    assert len(rows) == 200
    for true in range(10):
        for answer in range(10):
            mine = [row for row in rows if given.cell(row) == (true, answer)]
            every = np.flatnonzero((given.labels == true) & (given.answers == answer))
            sign = 1 if true == answer else -1
            wanted = every[np.argsort(sign * confidence[every], kind="stable")]
            assert mine == wanted[: len(mine)].tolist()
            # 200 images are enough for two of each cell.
            assert len(mine) >= min(2, len(every))


def test_no_cell_takes_all_and_few_images_are_all_shown() -> None:
    given = answers(2000, 10, seed=3, right=9)
    cells = [given.cell(row) for row in chosen(given)]
    assert max(map(cells.count, cells)) == 12
    few = answers(40, 10, seed=4)
    assert sorted(chosen(few)) == [*range(40)]


def test_the_page_gets_bytes_in_the_order_of_the_list() -> None:
    given = answers(30, 4, seed=5)
    data = data_of(given)
    pixels = np.frombuffer(base64.b64decode(data["images"]), np.uint8)
    rows = [row for row, *_ in data["shown"]]
    np.testing.assert_array_equal(
        pixels.reshape(len(rows), *data["size"]), given.images[rows]
    )
    for row, true, answer, shares in data["shown"]:
        assert (true, answer) == given.cell(row)
        np.testing.assert_allclose(shares, given.probabilities[row], atol=1e-4)


def test_it_opens_at_the_most_frequent_error() -> None:
    given = answers(500, 10, seed=6)
    explorer = ErrorBrowser.of(given.images, given.labels, given.probabilities)
    errors = explorer.counts - np.diag(explorer.counts.diagonal())
    cell = (explorer.state["true"], explorer.state["answer"])
    assert errors[cell] == errors.max()
    same = ErrorBrowser.of(
        given.images, given.labels, given.probabilities, "errors?true=3"
    )
    assert same.text == "errors?true=3"
    assert (ErrorBrowser().state["true"], ErrorBrowser().state["answer"]) == (
        example().most_frequent_error()
    )
    assert explorer.traits["data"]["ask"]
    assert not ErrorBrowser().traits["data"]["ask"]


def test_floats_and_a_channel_axis_are_the_same_images() -> None:
    given = answers(8, 3)
    floats = (given.images / 255).astype("float32")[..., None]
    again = checked(floats, given.labels, given.probabilities)
    np.testing.assert_array_equal(again.images, given.images)


def test_its_code_reads_your_arrays() -> None:
    given = answers(200, 3, seed=7)
    data = data_of(given)
    for state in ({"true": 1, "answer": 0, "image": 9}, {"true": 9, "answer": 9}):
        state = {"image": 0} | state
        (code,) = node(FILE, [("code", [state, data])])
        (wanted,) = node(FILE, [("answers", [state, data])])
        names: dict[str, Any] = {
            "labels": given.labels,
            "probabilities": given.probabilities,
            "print": lambda *shown: None,
        }
        exec(code["NumPy"], names)
        for name, value in wanted["NumPy"].items():
            np.testing.assert_allclose(names[name], value, atol=1e-4)
    assert "ErrorBrowser(" not in code["NumPy"]


def test_a_cell_without_images_has_code_without_shares() -> None:
    state = {"true": 0, "answer": 1, "image": 0}
    (code,) = node(FILE, [("code", [state, ErrorBrowser().traits["data"]])])
    assert "shares" not in code["NumPy"]
    assert "count" in code["NumPy"]


IMAGES, LABELS, SHARES = np.zeros((3, 28, 28)), [0, 1, 1], np.full((3, 2), 0.5)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"images": np.zeros((3, 1000, 1000))}, r"not \(3, 1000, 1000\)"),
        ({"images": np.zeros((2, 28, 28))}, r"shape \(3, height, width\), .* 1 to 28"),
        ({"images": np.zeros((3, 28, 28, 3))}, r"not \(3, 28, 28, 3\)"),
        ({"images": np.full((3, 28, 28), np.nan)}, "from 0 to 1, not nan to nan"),
        ({"images": np.full((3, 28, 28), 255.0)}, "from 0 to 1, not 255.0 to 255.0"),
        ({"images": [[1], [1, 2], [3]]}, "images must have rows of one length"),
        ({"images": np.full((3, 28, 28), "x")}, "images must hold numbers, not <U1"),
        ({"labels": [0, 1]}, r"3 whole numbers, .* not int64 of shape \(2,\)"),
        ({"labels": [0.0, 1.0, 1.0]}, "not float64"),
        ({"labels": [0, 1, 2]}, "labels must be from 0 to 1, not 2"),
        ({"labels": [0, -1, 1]}, "labels must be from 0 to 1, not -1"),
        ({"probabilities": [[0.5, 0.5], [3.0, -2.0], [1, 0]]}, "softmax gives; row 1"),
        ({"probabilities": [[0.5, 0.6]] * 3}, "whose sum is 1, .* row 0 is"),
        ({"probabilities": np.full((3, 2), np.nan)}, "row 0 is"),
        (
            {"probabilities": np.full((3, 11), 1 / 11)},
            r"classes, not \(3, 11\)",
        ),
        ({"probabilities": [0.5, 0.5]}, r"not \(2,\)"),
        ({"probabilities": np.zeros((0, 10))}, r"not \(0, 10\)"),
    ],
)
def test_bad_arrays_are_named(given: dict[str, Any], words: str) -> None:
    arrays: dict[str, Any] = {
        "images": IMAGES,
        "labels": LABELS,
        "probabilities": SHARES,
    }
    with pytest.raises(ValueError, match=words):
        ErrorBrowser.of(**(arrays | given))


def test_the_static_picture_has_the_counts_of_the_cell() -> None:
    given = answers(300, 4, seed=8)
    explorer = ErrorBrowser.of(given.images, given.labels, given.probabilities)
    true, answer = explorer.state["true"], explorer.state["answer"]
    count: NDArray[np.int64] = explorer.counts[true, answer]
    words = explorer.figure().description
    assert f"true {true}, taken for {answer}: {count}. 6 of these images" in words
    assert "heat" not in words
