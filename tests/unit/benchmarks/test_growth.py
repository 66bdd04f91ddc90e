"""What the growth benchmark makes of its figures: bounds that are seen to be broken."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.support.paths import ROOT

BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture(scope="module")
def tables() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    import growth_table

    yield growth_table
    sys.path.remove(str(BENCHMARKS))


def size(tables: ModuleType, count: int, **changed: Any) -> Any:
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
    return tables.Size(**(facts | changed))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"whole_wall": 5 + 0.25 * 1000**1.05}, ["off the line, which may"]),
        ({"book_wall": 13.0}, ["gradebook took 5.2%"]),
        ({"marks": [[0, 0, 100.0], [9, 1, 161.0]]}, ["grew by 61 MiB"]),
        ({"parent_after": 170.0}, ["grew by 70 MiB"]),
    ],
)
def test_each_bound_can_be_broken(
    tables: ModuleType, changed: dict[str, Any], said: list[str]
) -> None:
    sizes = [size(tables, 1), size(tables, 10), size(tables, 100)]
    sizes.append(size(tables, 1000, **changed))
    broken = [each for each in tables.broken(sizes) if each.startswith("1,000")]
    assert len(broken) == len(said)
    assert all(text in each for text, each in zip(said, broken, strict=True))


def test_a_row_for_each_size_and_a_plot(tables: ModuleType, tmp_path: Path) -> None:
    sizes = [size(tables, 1, each_processor=float("nan")), size(tables, 100)]
    lines = tables.table(sizes).splitlines()
    assert lines[2] == "| 1 | 5.2 | 8.4 | 0.250 |  |  | 4.0% | 100 + 4 |"
    assert lines[3] == "| 100 | 30.0 | 48.0 | 0.250 | 0.400 |  | 4.0% | 100 + 4 |"
    sizes.append(size(tables, 1000))
    last = tables.table(sizes).splitlines()[4]
    assert last.split(" | ")[5] in ("+0.0%", "-0.0%")
    assert tables.line(sizes) == pytest.approx((5, 0.25))
    tables.plot(sizes, tmp_path / "plot.svg")
    assert (tmp_path / "plot.svg").read_text().startswith("<?xml")
