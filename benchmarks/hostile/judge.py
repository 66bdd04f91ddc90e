"""What a hostile submission gained or broke, seen in what grading leaves behind."""

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
class Graded:
    """A class after it was graded.

    Attributes
    ----------
    way : str
        The grader, `NBGRADER` or `GRADER`.
    place : Path
        The class folder.
    case : Case
        The hostile submission.
    status : int or None
        The grader's exit status; None if it had to be ended.
    changed : bool
        Whether files of the course or of submissions have changed.
    """

    way: str
    place: Path
    case: Case
    status: int | None
    changed: bool


def faults(graded: Graded) -> Iterator[str]:
    """Yield what should not have happened, each with a kind before its colon."""
    if graded.status is None:
        yield f"never ended: it was ended after {WALL_SECONDS} s"
    case = graded.case
    rows = _rows(graded.place)
    yield from _points(case, rows.get(case.student, []))
    honest = {name for name, score, *_ in rows.get(HONEST, []) if score}
    right = {f"{name}-test" for name in attacks.half_right(case.assignment).earns}
    if honest != right:
        yield f"the next student was not graded: {sorted(honest)}"
    yield from _learnt(graded.place, case)
    yield from _changed(graded)
    if graded.way == GRADER:
        yield from _late(graded.place, case)


def _rows(place: Path) -> dict[str, list[tuple[Any, ...]]]:
    try:
        return evidence.rows(place / "gradebook.db")
    except Exception as error:  # noqa: BLE001 - whatever hostile code made of it
        print(f"  the gradebook cannot be read: {error}", file=sys.stderr)
        return {}


def _points(case: Case, rows: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    earned = {name.removesuffix("-test") for name, score, *_ in rows if score}
    # What a case loses by what it does to our kernel it may have from another.
    half = attacks.half_right(case.assignment)
    honest = case.earns | (half.earns - set(case.cells))
    if gained := earned - honest:
        yield f"it earned what it should not: {', '.join(sorted(gained))}"
    if (lost := case.earns - earned) and not case.at_most:
        yield f"honest answers earned nothing: {', '.join(sorted(lost))}"
    if any(by_hand or extra for _, _, by_hand, extra, _ in rows):
        yield "grades were written: by hand or as extra credit"


def _learnt(place: Path, case: Case) -> Iterator[str]:
    name = f"{case.assignment}.ipynb"
    path = place / "autograded" / case.student / case.assignment / name
    if not path.is_file() or case.instructor_sees:
        return
    own = frozenset(attacks.half_right(case.assignment).cells) | frozenset(case.cells)
    shown = evidence.outputs(path, own | {"own-first", "own-last"})
    if evidence.secrets_in(shown):
        yield "it read the tests: they are in its outputs"
    if evidence.came_out(shown):
        yield "it came out: by its own word"


def _changed(graded: Graded) -> Iterator[str]:
    """Look for changes in the class, and beyond it where nbgrader cannot write."""
    if graded.changed:
        yield "it changed files: of the course or of a submission"
    place = graded.place
    searched = [place / name for name in ("home", *SCRATCH.values())]
    searched += [place, *place.glob("autograded/*/*"), place / "submitted"]
    if graded.way != NBGRADER:
        searched += map(Path, SCRATCH)
    found = [mark.name for mark in evidence.marks(*searched)]
    if found:
        yield f"it left files outside: {len(found)}, as {found[0]}"


def _late(place: Path, case: Case) -> Iterator[str]:
    if not (place / "results.jsonl").is_file():
        yield f"there is no result: {(place / 'said').read_text('utf-8')[-300:]}"
        return
    for line in (place / "results.jsonl").read_text("utf-8").splitlines():
        result = json.loads(line)
        late = result["seconds"] > TOTAL_SECONDS + BEYOND
        if late and result["student"] == case.student:
            yield f"it took too long: {result['seconds']} s"
