"""The growth benchmark reports each exceeded bound, and saves its measurements."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.growth import __main__ as command
from benchmarks.growth import table
from benchmarks.growth.table import Size
from tests.support.paths import ROOT


def size(count: int, **changed: Any) -> Size:
    facts: dict[str, Any] = {
        "count": count,
        "workers": 2,
        "whole_wall": 5 + 0.25 * count,
        "whole_processor": 8 + 0.4 * count,
        "each_wall": 0.25,
        "each_processor": 0.4,
        "book_wall": 0.01 * count,
        "book_processor": 0.008 * count,
        "grading_wall": 0.25 * count,
        "parent_processor": 3.0,
        "parent_before": 100.0,
        "parent_after": 104.0,
        "parent_most": 104.0,
        "marks": [[0, 0.0, 100.0], [count, 0.25 * count, 104.0]],
        "conditions": "one machine",
    }
    return Size(**(facts | changed))


@pytest.mark.parametrize(
    ("changed", "texts"),
    [
        ({}, []),
        ({"whole_wall": 5 + 0.25 * 1000**1.05}, ["off the line; the bound is 5%"]),
        ({"book_wall": 13.0}, ["gradebook took 5.2%"]),
        ({"marks": [[0, 0, 100.0], [9, 1, 161.0]]}, ["grew by 61 MiB"]),
        ({"parent_after": 170.0}, ["grew by 70 MiB"]),
    ],
)
def test_each_exceeded_bound_is_reported(
    changed: dict[str, Any], texts: list[str]
) -> None:
    sizes = [size(1), size(10), size(100)]
    sizes.append(size(1000, **changed))
    problems = table.exceeded_bounds(sizes)
    problems = [problem for problem in problems if problem.startswith("1,000")]
    assert len(problems) == len(texts)
    assert all(text in line for text, line in zip(texts, problems, strict=True))


def test_the_table_has_a_row_for_each_size(tmp_path: Path) -> None:
    sizes = [size(1, each_processor=float("nan")), size(100)]
    lines = table.table(sizes).splitlines()
    assert lines[2] == "| 1 | 5.2 | 8.4 | 0.250 |  |  | 4.0% | 100 + 4 |"
    assert lines[3] == "| 100 | 30.0 | 48.0 | 0.250 | 0.400 |  | 4.0% | 100 + 4 |"
    sizes.append(size(1000))
    last = table.table(sizes).splitlines()[4]
    assert last.split(" | ")[5] in ("+0.0%", "-0.0%")
    assert table.fit_line(sizes) == pytest.approx((5, 0.25))
    table.plot(sizes, tmp_path / "plot.svg")
    assert (tmp_path / "plot.svg").read_text().startswith("<?xml")


def test_measurements_are_read_as_they_were_written(tmp_path: Path) -> None:
    known = {1: size(1), 10: size(10)}
    command.write(tmp_path / "growth.json", known)
    assert command.read(tmp_path / "growth.json") == known
    assert command.read(tmp_path / "none.json") == {}


def test_the_measurements_in_the_repository_can_be_read() -> None:
    saved = command.read(ROOT / "benchmarks" / "growth.json")
    assert sorted(saved) == [1, 10, 100, 1000, 5000]
    assert all(asdict(size)["marks"] for size in saved.values())
