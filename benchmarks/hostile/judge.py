"""Find what a hostile submission gained or broke, from the files of a graded class."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.hostile.bounds import (
    BEYOND,
    GRADER,
    HONEST,
    NBGRADER,
    SCRATCH,
    TOTAL_SECONDS,
    WALL_SECONDS,
)
from tests.support import attacks, evidence
from tests.support.attacks import Case


@dataclass(frozen=True)
class GradedClass:
    """A class with a hostile submission, after it was graded.

    Attributes
    ----------
    way : str
        The grader, `NBGRADER` or `GRADER`.
    folder : Path
        The class folder.
    case : Case
        The hostile submission.
    status : int or None
        The grader's exit status; None if it had to be killed.
    changed : bool
        Whether files of the course or of submissions have changed.
    """

    way: str
    folder: Path
    case: Case
    status: int | None
    changed: bool


def faults(graded: GradedClass) -> Iterator[str]:
    """Yield what should not have happened, as ``kind: details``."""
    if graded.status is None:
        yield f"never ended: it was killed after {WALL_SECONDS} s"
    case = graded.case
    rows = _rows(graded.folder)
    yield from _points(case, rows.get(case.student, []))
    honest = {name for name, score, *_ in rows.get(HONEST, []) if score}
    right = {f"{name}-test" for name in attacks.half_right(case.assignment).earns}
    if honest != right:
        yield f"the next student was not graded: {sorted(honest)}"
    yield from _revealed(graded.folder, case)
    yield from _changed(graded)
    if graded.way == GRADER:
        yield from _late(graded.folder, case)


def _rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    try:
        return evidence.rows(folder / "gradebook.db")
    except Exception as error:  # noqa: BLE001 - hostile code may have damaged it
        print(f"  the gradebook cannot be read: {error}", file=sys.stderr)
        return {}


def _points(case: Case, rows: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    earned = {name.removesuffix("-test") for name, score, *_ in rows if score}
    # A case may damage our kernel only: points that it loses there may count elsewhere.
    half = attacks.half_right(case.assignment)
    honest = case.earns | (half.earns - set(case.cells))
    if gained := earned - honest:
        yield f"it earned what it should not: {', '.join(sorted(gained))}"
    if (lost := case.earns - earned) and not case.at_most:
        yield f"honest answers earned nothing: {', '.join(sorted(lost))}"
    if any(by_hand or extra for _, _, by_hand, extra, _ in rows):
        yield "grades were written: manual scores or extra credit"


def _revealed(folder: Path, case: Case) -> Iterator[str]:
    name = f"{case.assignment}.ipynb"
    path = folder / "autograded" / case.student / case.assignment / name
    if not path.is_file() or case.instructor_sees:
        return
    answers = attacks.half_right(case.assignment).cells
    names = frozenset(answers) | frozenset(case.cells) | {"own-first", "own-last"}
    outputs = evidence.outputs(path, names)
    if evidence.secrets_in(outputs):
        yield "it read the tests: they are in its outputs"
    if evidence.came_out(outputs):
        yield "it came out: its output says so"


def _changed(graded: GradedClass) -> Iterator[str]:
    """Look for changed files in the class, and outside where nbgrader cannot write."""
    if graded.changed:
        yield "it changed files: of the course or of a submission"
    folder = graded.folder
    searched = [folder / name for name in ("home", *SCRATCH.values())]
    searched += [folder, *folder.glob("autograded/*/*"), folder / "submitted"]
    if graded.way != NBGRADER:
        searched += map(Path, SCRATCH)
    names = [mark.name for mark in evidence.marks(*searched)]
    if names:
        yield f"it left files outside: {len(names)}, for example {names[0]}"


def _late(folder: Path, case: Case) -> Iterator[str]:
    if not (folder / "results.jsonl").is_file():
        yield f"there is no result: {(folder / 'output').read_text('utf-8')[-300:]}"
        return
    for line in (folder / "results.jsonl").read_text("utf-8").splitlines():
        result = json.loads(line)
        late = result["seconds"] > TOTAL_SECONDS + BEYOND
        if late and result["student"] == case.student:
            yield f"it took too long: {result['seconds']} s"
