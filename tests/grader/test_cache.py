"""A result stands as long as nothing that it depends on has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import grader
from grader.cache import Cache, key
from grader.classroom import Classroom
from grader.jail.limits import Limits
from grader.records import Assignment, Submission

WORK = Submission("ada", "averages", b"{}", "2026-03-01T12:00:00+00:00")
LIMITS = Limits()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "submitted").mkdir()
    return Cache(Classroom.open(tmp_path))


def test_same_facts_same_key(averages: Assignment) -> None:
    again = replace(averages), replace(WORK), Limits(), "bwrap"
    assert key(averages, WORK, LIMITS, "bwrap") == key(*again)


def test_key_changes_with_each_fact(
    averages: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [
        key(averages, WORK, LIMITS, "bwrap"),
        key(replace(averages, release="0"), WORK, LIMITS, "bwrap"),
        key(replace(averages, parameters={"size": 11}), WORK, LIMITS, "bwrap"),
        key(averages, replace(WORK, content=b"{ }"), LIMITS, "bwrap"),
        key(averages, replace(WORK, submitted=None), LIMITS, "bwrap"),
        key(averages, WORK, Limits(cell_seconds=31), "bwrap"),
        key(averages, WORK, LIMITS, "none"),
        key(averages, WORK, LIMITS, "bwrap", "postgresql://localhost/grades"),
    ]
    monkeypatch.setattr(grader, "__version__", "0")
    keys.append(key(averages, WORK, LIMITS, "bwrap"))
    assert len(set(keys)) == len(keys)


def test_key_does_not_tell_who_handed_in(averages: Assignment) -> None:
    other = replace(WORK, student="bob")
    assert key(averages, WORK, LIMITS, "none") == key(averages, other, LIMITS, "none")


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
