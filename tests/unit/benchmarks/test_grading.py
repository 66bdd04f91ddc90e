"""The grading benchmark computes its table, and reports missed targets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.grading import run, table
from benchmarks.grading.meter import FileCounter, Moment, Usage
from benchmarks.grading.sample_class import (
    EVERY,
    ROWS,
    make_course,
    without_names,
    write_submissions,
)
from benchmarks.grading.table import FLOOR, NBGRADER, Way
from grader.course.course import Course
from tests.support.paths import ROOT

NAN = float("nan")


def way(
    name: str,
    workers: int,
    wall: float,
    processor: float,
    scores: tuple[float, ...] = (3.0, 2.0),
) -> Way:
    return Way(name, workers, wall, processor, 9.0, 8.0, 100.0, scores)


WAYS = [
    way(NBGRADER, 0, 3.0, 3.5),
    way("one", 1, 0.25, 0.3),
    way("all", 2, 0.1, 0.3),
    way(FLOOR, 0, 0.02, NAN),
]


def test_a_line_has_the_speed_as_a_multiple_of_nbgraders() -> None:
    *_, every, floor = table.table(WAYS).splitlines()
    assert every == "| all | 0.1 | 0.3 | 4.5 | 4 | 100 | yes | 30 | 1 |"
    assert floor.startswith("| the bare cells | 0.02 | – |")


def test_a_way_that_runs_fewer_cells_is_named() -> None:
    lean = Way("lean", 1, 1, 1, 1, 1, 1, (), left_out=9)
    assert table.not_run(WAYS) == ""
    assert table.not_run([*WAYS, lean]).endswith("no test needs them: lean 9.")


def test_a_target_that_was_not_measured_is_not_reached() -> None:
    fast, one, over = map(str, table.targets(ROWS["numpy"], WAYS))
    assert fast.startswith("reached: NumPy lesson, 2 workers")
    assert one.startswith("NOT reached: NumPy lesson, one worker")
    assert "12 (wanted ≥ 15)" in one
    assert over.startswith("NOT reached")


def test_a_row_has_only_the_targets_that_it_names() -> None:
    (fast,) = table.targets(ROWS["twice"], WAYS)
    assert fast.what.endswith("2 workers: times as fast as nbgrader")
    lab = ROWS["lab"]
    assert len(list(table.targets(lab, WAYS))) == 2
    assert len(list(table.targets(replace(lab, over_floor=None), WAYS))) == 1


def test_levels_of_jails_are_compared_with_the_first() -> None:
    first = [replace(way, sandbox="bwrap") for way in WAYS[1:3]]
    weaker = [way("one", 1, 0.26, 0.3), way("all", 2, 0.15, 0.3)]
    both = [each for pair in zip(first, weaker, strict=True) for each in pair]
    both[1::2] = [replace(each, sandbox="confined") for each in weaker]
    found = list(table.targets(ROWS["twice"], [WAYS[0], *both, WAYS[-1]]))
    assert found[0] == next(table.targets(ROWS["twice"], WAYS))
    one, every = map(str, found[1:])
    assert one == (
        "reached: NumPy lesson, judged twice, one worker: confined, times as long as "
        "bwrap 1.04 (wanted ≤ 1.05)"
    )
    assert every.startswith("NOT reached: NumPy lesson, judged twice, 2 workers")


def test_a_level_that_this_machine_does_not_support_is_not_measured(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(run.PREFIXES, "confined", (Path("/bin/false"),))
    assert run.supported(["confined"]) == []
    assert "confined is not measured" in capfd.readouterr().err


def test_one_different_score_is_noticed() -> None:
    assert table.equal(WAYS)
    assert not table.equal([*WAYS, way("other", 1, 1, 1, (3.0, 1.0))])


def test_times_per_submission_start_when_each_worker_has_done_one() -> None:
    times = ((1, 10.0, 5.0), (2, 11.0, 6.0), (4, 13.0, 9.0), (5, 14.5, 10.5))
    usage = Usage(moments=[Moment(*time) for time in times])
    assert usage.per_submission(1) == (4.5 / 4, 5.5 / 4)
    assert usage.per_submission(2) == (3.5 / 3, 4.5 / 3)


def test_cells_that_need_a_module_are_removed_with_their_dependents() -> None:
    sources = ["import a\nprint(far())", "import far", "x = far(1)", "y = x"]
    sources += ["x = 1", "y = x"]
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "source": source, "metadata": {}} for source in sources
    ]
    kept = [cell["source"] for cell in without_names(cells, frozenset({"far"}))]
    assert kept == ["import a", "x = 1", "y = x"]


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.slow
def test_each_row_can_be_made_of_the_course_as_it_is(name: str, tmp_path: Path) -> None:
    row = ROWS[name]
    make_course(row, tmp_path, tmp_path / "ours")
    assignment = Course.open(tmp_path).assignment(row.assignment)
    released = tmp_path / "release" / row.assignment / f"{row.assignment}.ipynb"
    released.parent.mkdir(parents=True)
    released.write_text(assignment.released, encoding="utf-8")
    students = write_submissions(row, released, tmp_path / "submitted")
    paths = list((tmp_path / "submitted").glob("*/*/*.ipynb"))
    assert len(students) == len(paths) == row.submissions
    assert len({path.read_text(encoding="utf-8") for path in paths}) == row.submissions
    assert row.numpy_only == (not {"keras", "tensorflow"} & set(assignment.imports))


def test_too_few_submissions_are_refused() -> None:
    words = [sys.executable, "-m", "benchmarks.grading", "--submissions", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "at least" in done.stderr


def test_files_are_counted_in_whatever_order_they_appear(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number:03}" for number in range(200)]
    done = FileCounter(paths)
    counts = [done()]
    for some in (paths[1:3], paths[:1], paths[4:150], paths[3:4], paths[150:]):
        for path in some:
            path.touch()
        counts.append(done())
    # A missing file hides those that are far behind it.
    assert counts == [0, 2, 3, 66, 150, 200]


@pytest.mark.slow
@pytest.mark.nightly
def test_the_bare_cells_give_right_answers_all_points(tmp_path: Path) -> None:
    row = replace(ROWS["numpy"], submissions=EVERY)
    variables = make_course(row, tmp_path, tmp_path / "ours")
    source = tmp_path / "source" / row.assignment / f"{row.assignment}.ipynb"
    released = tmp_path / "release" / row.assignment / source.name
    released.parent.mkdir(parents=True)
    assignment = Course.open(tmp_path).assignment(row.assignment)
    released.write_text(assignment.released, encoding="utf-8")
    students = write_submissions(row, released, tmp_path / "submitted")
    paths = [
        tmp_path / "submitted" / student / row.assignment / source.name
        for student in students
    ]
    figures = tmp_path / "figures.json"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.grading.floor", figures, source, *paths],
        cwd=ROOT,
        env=os.environ | variables,
        check=True,
    )
    *right, wrong = json.loads(figures.read_text())["scores"]
    assert right == [assignment.max_score] * (EVERY - 1)
    assert wrong < assignment.max_score
