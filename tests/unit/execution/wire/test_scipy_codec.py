"""Sparse matrices arrive as such; positions outside of them are refused."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from tests.support.wires import Stayed, back, refusal, through

sparse: Any = pytest.importorskip("scipy.sparse")

DENSE = np.array([[0, 1.5, 0], [2, 0, 0]])
LAYOUTS = "csr csc bsr coo dia lil dok".split()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("family", ["array", "matrix"])
@pytest.mark.parametrize("way", [through, back])
def test_sparse_matrices_arrive_whole(layout: str, family: str, way: Any) -> None:
    given = getattr(sparse, f"{layout}_{family}")(DENSE)
    found = way(given)
    assert type(found) is type(given)
    assert found.dtype == given.dtype
    np.testing.assert_array_equal(found.toarray(), DENSE)


class Own(sparse.csr_matrix):  # type: ignore[misc]
    pass


def test_another_kind_of_matrix_stays() -> None:
    for value in (Own(DENSE), sparse.coo_array(np.ones(3))):
        with pytest.raises(Stayed):
            through(value)


def array(*numbers: int) -> Any:
    return {"array": ["<i4", [len(numbers)], np.array(numbers, "<i4").tobytes()]}


DATA: Any = {"array": ["<f8", [2], bytes(16)]}
CSR = ["csr_array", [2, 3], DATA, array(1, 0), array(0, 1, 2)]
COO = ["coo_matrix", [2, 3], DATA, array(0, 1), array(1, 0)]
MALFORMED: dict[str, Any] = {
    "no parts": [],
    "name": ["os", *CSR[1:]],
    "another name": ["csr_tensor", *CSR[1:]],
    "no layout": ["linalg_array", *CSR[1:]],
    "shape": [CSR[0], [2], *CSR[2:]],
    "negative shape": [CSR[0], [-2, 3], *CSR[2:]],
    "a billion columns": [CSR[0], [2, 10**9], *CSR[2:]],
    "a billion rows": ["coo_array", [10**9, 3], *COO[2:]],
    "lists for many rows": ["lil_array", [10**7, 3], *COO[2:]],
    "fewer parts": CSR[:-1],
    "column outside": [*CSR[:3], array(1, 3), CSR[4]],
    "negative column": [*CSR[:3], array(1, -1), CSR[4]],
    "rows of no order": [*CSR[:4], array(0, 5, 2)],
    "rows that end outside": [*CSR[:4], array(0, 1, 7)],
    "row outside": [*COO[:3], array(0, 2), COO[4]],
    "negative row": [*COO[:3], array(0, -1), COO[4]],
    "other lengths": [*COO[:3], array(0), COO[4]],
    "numbers as positions": [*COO[:3], DATA, COO[4]],
    "text": [*COO[:2], {"array": ["<U1", [2], bytes(8)]}, *COO[3:]],
    "an object": [*COO[:2], {"remote": ["object", 0, "x"]}, *COO[3:]],
    "objects": [*COO[:2], {"objects": [[2], True, 1, 2]}, *COO[3:]],
    "offsets": ["dia_array", [2, 3], DATA, array(0, 1, 2)],
}


@pytest.mark.parametrize("parts", MALFORMED.values(), ids=MALFORMED)
def test_malformed_matrices_are_refused(parts: Any) -> None:
    assert refusal({"sparse": parts})


def test_the_honest_twins_of_the_malformed_ones_arrive() -> None:
    assert [refusal({"sparse": parts}) for parts in (CSR, COO)] == ["", ""]


def test_a_matrix_is_refused_where_the_lesson_does_not_use_scipy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "scipy.sparse")
    assert "does not use scipy" in refusal({"sparse": CSR})
