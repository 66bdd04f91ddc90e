"""A grade stands as long as nothing that it depends on has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.batch.cache import Cache, Keys, keys, record_key
from grader.classroom.folder import Classroom
from grader.execution.limits import Limits
from grader.records import Assignment, Check, Graded, Result, Submission

WORK = Submission("ada", "averages", b"{}", "2026-03-01T12:00:00+00:00")
FACTS = {"python": "CPython 3.11.7", "numpy": "2.4.0"}
GIVEN: dict[str, Any] = {
    "submission": WORK,
    "limits": Limits(),
    "sandbox": "bwrap",
    "environment": FACTS,
}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "submitted").mkdir()
    return Cache(Classroom.open(tmp_path))


def graded(seed: int = 3, score: float = 1.0) -> Graded:
    checks = (Check("q1", score, 2.0, "partial", "examiner", "Nearly: 1 \ud800"),)
    result = Result("ada", "averages", "0" * 64, seed, "0.1.0", score, 2.0, checks)
    return Graded(result, '{"cells": ["ü"]}')


def key_of(assignment: Assignment, **given: Any) -> str:
    return keys(assignment, **given).grade


# --- what a grade depends on ---


def test_same_facts_same_key(averages: Assignment) -> None:
    again = GIVEN | {"submission": replace(WORK), "limits": Limits()}
    assert key_of(averages, **GIVEN) == key_of(replace(averages), **again)


def test_key_changes_with_each_fact(averages: Assignment) -> None:
    changes: list[dict[str, Any]] = [
        {},
        {"assignment": replace(averages, release="0")},
        {"assignment": replace(averages, released=averages.released + " ")},
        {"assignment": replace(averages, parameters={"size": 11})},
        {"assignment": replace(averages, environment={"size": "11"})},
        {"submission": replace(WORK, content=b"{ }")},
        {"limits": Limits(cell_seconds=31)},
        {"sandbox": "none"},
        {"environment": FACTS | {"numpy": "2.4.1"}},
        {"environment": FACTS | {"keras": "3.0"}},
    ]
    keys = [key_of(**({"assignment": averages} | GIVEN | each)) for each in changes]
    assert len(set(keys)) == len(keys)


def test_answers_key_does_not_tell_of_tests(averages: Assignment) -> None:
    def answers(assignment: Assignment) -> str:
        return keys(assignment, **GIVEN).answers

    text = averages.source.replace("[9, 1, 4, 2]", "[9, 1, 4, 3]")
    other_test = replace(averages, source=text, release="0")
    assert answers(other_test) == answers(averages)
    stub = averages.released.replace("answer_q1 = ", "answer_q1 =  ")
    assert answers(replace(averages, released=stub)) != answers(averages)


def test_key_does_not_tell_who_submitted_or_when(averages: Assignment) -> None:
    other = replace(WORK, student="bob", submitted=None)
    key = key_of(averages, **(GIVEN | {"submission": other}))
    assert key == key_of(averages, **GIVEN)


def test_a_record_tells_when_and_where() -> None:
    keys = {
        record_key([("a", "2026-03-01")]),
        record_key([("b", "2026-03-01")]),
        record_key([("a", None)]),
        record_key([("a", "2026-03-01")], "postgresql://localhost/grades"),
        record_key([("a", "2026-03-01"), ("a", "2026-03-01")]),
    }
    assert len(keys) == 5


# --- grades ---


def test_a_grade_is_kept_for_whoever_hands_in_the_same(cache: Cache) -> None:
    made = graded()
    cache.keep(Keys("key", "answers"), made)
    assert cache.grade("key", WORK, None) == made
    bob = replace(WORK, student="bob")
    other = cache.grade("key", bob, None)
    assert other == replace(made, result=replace(made.result, student="bob"))
    assert cache.grade("yek", WORK, None) is None


def test_a_seed_that_is_asked_for_is_the_grade_s(cache: Cache) -> None:
    for seed in (7, 3):
        cache.keep(Keys("key", "answers"), graded(seed, float(seed)))
    found = {seed: cache.grade("key", WORK, seed) for seed in (3, 7, 8, None)}
    seeds = {seed: each.result.seed for seed, each in found.items() if each}
    assert seeds == {3: 3, 7: 7, None: 3}


@pytest.mark.parametrize("kept", [0, 10, 40, -1])
def test_damaged_grade_is_none(cache: Cache, tmp_path: Path, kept: int) -> None:
    cache.keep(Keys("key", "answers"), graded())
    (entry,) = tmp_path.rglob("3.json.gz")
    entry.write_bytes(entry.read_bytes()[:kept])
    assert cache.grade("key", WORK, None) is None


# --- records ---


def test_only_the_last_key_is_held(cache: Cache) -> None:
    assert not cache.holds("ada", "averages", "first")
    cache.store("ada", "averages", "first")
    cache.store("ada", "averages", "second")
    assert cache.holds("ada", "averages", "second")
    assert not cache.holds("ada", "averages", "first")


def test_students_and_assignments_are_apart(cache: Cache) -> None:
    cache.store("ada", "b/c", "key")
    assert not cache.holds("ada/b", "c", "key")
    assert not cache.holds("bob", "b/c", "key")


def test_what_is_forgotten_is_not_held(cache: Cache) -> None:
    cache.forget("ada", "averages")
    cache.store("ada", "averages", "key")
    cache.forget("ada", "averages")
    assert not cache.holds("ada", "averages", "key")


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"key\n"])
def test_damaged_entry_is_not_held(cache: Cache, tmp_path: Path, damage: bytes) -> None:
    cache.store("ada", "averages", "key")
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(damage)
    assert not cache.holds("ada", "averages", "key")
