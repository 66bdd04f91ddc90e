"""The grading benchmark counts rightly, and says what it could not reach or measure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

COURSES = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import grading_class
from grader.course.course import Course

told = {}
for name, row in grading_class.ROWS.items():
    folder = Path(sys.argv[2]) / name
    grading_class.make_course(row, folder)
    assignment = Course.open(folder).assignment(row.assignment)
    (source,) = (folder / "source" / row.assignment).iterdir()
    released = folder / "release" / row.assignment / source.name
    released.parent.mkdir(parents=True)
    released.write_text(assignment.released)
    grading_class.hand_in(row, released, folder / "submitted")
    texts = [path.read_text() for path in (folder / "submitted").glob("*/*/*.ipynb")]
    told[name] = [len(set(texts)), row.hand_ins, list(assignment.imports)]
print(json.dumps(told))
"""
PROBE = """
import json, sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import grading_class, grading_meter, grading_table as t

def way(name, workers, wall, processor, scores=(3.0, 2.0)):
    return t.Way(name, workers, wall, processor, 9.0, 8.0, 100.0, scores)

row = grading_class.ROWS["numpy"]
ways = [way(t.NBGRADER, 0, 3.0, 3.5), way("one", 1, 0.25, 0.3), way("all", 2, 0.1, 0.3),
        way(t.FLOOR, 0, 0.02, float("nan"))]
use = grading_meter.Use(moments=[grading_meter.Moment(*m) for m in
    ((1, 10.0, 5.0), (2, 11.0, 6.0), (4, 13.0, 9.0), (5, 14.5, 10.5))])
cells = [{"cell_type": "code", "source": s, "metadata": {}} for s in
    ("import a\\nprint(far())", "import far", "x = far(1)", "y = x", "x = 1", "y = x")]
kept = grading_class.without_names(cells, frozenset({"far"}))

def counts():
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name, f"{n:03}") for n in range(200)]
        done = grading_meter.Appeared(paths)
        yield done()
        for some in (paths[1:3], paths[:1], paths[4:150], paths[3:4], paths[150:]):
            for path in some:
                path.touch()
            yield done()

print(json.dumps({
    "table": t.table(ways).splitlines(),
    "not run": [t.not_run(ways), t.not_run([*ways, t.Way("lean", 1, 1, 1, 1, 1, 1, (),
        left_out=9)])],
    "targets": [str(target) for target in t.targets(row, ways)],
    "equal": [t.equal(ways), t.equal([*ways, way("other", 1, 1, 1, (3.0, 1.0))])],
    "each": [use.each(1), use.each(2)],
    "counts": list(counts()),
    "kept": [cell["source"] for cell in kept],
}))
"""


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    words = [sys.executable, "-c", PROBE, str(ROOT / "benchmarks")]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_line_says_how_many_times_nbgraders_speed(told: dict[str, Any]) -> None:
    *_, every, floor = told["table"]
    assert every == "| all | 0.1 | 0.3 | 4.5 | 4 | 100 | yes | 30 | 1 |"
    assert floor.startswith("| the bare cells | 0.02 | – |")


def test_who_runs_fewer_cells_is_named(told: dict[str, Any]) -> None:
    none, one = told["not run"]
    assert none == ""
    assert one.endswith("no test needs them: lean 9.")


def test_what_was_not_measured_is_not_reached(told: dict[str, Any]) -> None:
    fast, one, over = told["targets"]
    assert fast.startswith("reached: NumPy lesson, 2 workers")
    assert one.startswith("NOT reached: NumPy lesson, one worker")
    assert "12 (wanted ≥ 15)" in one
    assert over.startswith("NOT reached")


def test_one_other_score_is_seen(told: dict[str, Any]) -> None:
    assert told["equal"] == [True, False]


def test_a_hand_in_is_timed_from_when_each_worker_had_done_one(
    told: dict[str, Any],
) -> None:
    assert told["each"] == [[4.5 / 4, 5.5 / 4], [3.5 / 3, 4.5 / 3]]


def test_cells_that_need_a_module_go_with_what_they_bind(told: dict[str, Any]) -> None:
    assert told["kept"] == ["import a", "x = 1", "y = x"]


def test_each_row_can_be_made_of_the_course_as_it_is(tmp_path: Path) -> None:
    words = [sys.executable, "-c", COURSES, str(ROOT / "benchmarks"), str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert all(different == count for different, count, _ in told.values())
    assert "numpy" in told["numpy"][2]
    assert not {"keras", "tensorflow"} & set(told["numpy"][2])
    assert "keras" in told["lesson"][2]


def test_too_few_hand_ins_are_refused() -> None:
    words = [sys.executable, "benchmarks/grading/__main__.py", "--hand-ins", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "at least" in done.stderr


def test_files_are_counted_in_whatever_order_they_appear(told: dict[str, Any]) -> None:
    # The one that is missing hides those that are far behind it.
    assert told["counts"] == [0, 2, 3, 66, 150, 200]
