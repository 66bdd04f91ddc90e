"""A namespace goes back to its mark; what was changed in place is noticed."""

from __future__ import annotations

import os
import random
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.execution.inside.rewind import ChangedInPlace, digest, mark, rewind


def marked() -> dict[str, Any]:
    names: dict[str, Any] = {
        "a": 1,
        "array": np.arange(4.0),
        "nested": {"rows": [np.zeros(2), {3}]},
        "thing": SimpleNamespace(size=2),
        "rng": np.random.default_rng(1),
        "_": "shown",
        "In": ["x"],
    }
    names["thing"].itself = names["thing"]
    mark(names)
    return names


def test_bindings_are_put_back() -> None:
    names = marked()
    before = dict(names)
    names |= {"a": 2, "new": 3, "array": None, "_": "later", "_i2": "x"}
    del names["nested"]
    rewind(names)
    assert names == before | {"_": "later", "_i2": "x"}


def test_what_draws_at_random_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    names = marked()
    drawn = names["rng"].random(), random.random(), np.random.random()
    monkeypatch.setenv("MADE_BY_AN_ANSWER", "1")
    rewind(names)
    assert (names["rng"].random(), random.random(), np.random.random()) == drawn
    assert "MADE_BY_AN_ANSWER" not in os.environ


@pytest.mark.parametrize(
    "change",
    [
        "array[0] = 5",
        "array.shape = 2, 2",
        "nested['rows'].append(1)",
        "nested['rows'][0][1] = 1",
        "nested['rows'][1].add(4)",
        "nested['more'] = 1",
        "thing.size = 3",
        "thing.colour = 'red'",
    ],
)
def test_changes_in_place_are_noticed(change: str) -> None:
    names = marked()
    exec(change, {}, names)
    with pytest.raises(ChangedInPlace):
        rewind(names)


def test_digests_differ_with_content_and_with_nothing_else() -> None:
    pairs = [(1, 2), (0.0, -0.0), ("a", b"a"), ([1], (1,)), (np.zeros(2), np.zeros(3))]
    for one, other in pairs:
        assert digest(one) != digest(other)
    assert digest([np.zeros(2), len, os]) == digest([np.zeros(2), len, os])
    one, other = (np.array([None, item], dtype=object) for item in ("a", "b"))
    assert digest(one) != digest(other)
