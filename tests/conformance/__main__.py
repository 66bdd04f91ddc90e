"""Grade all styles with nbgrader and with our grader, and compare the grades.

::

    make conformance [ARGS='--kind traces --kept']

It prints each answer that gets other points or waits for a person, and a table by kind
and by the trust of the test cell. It writes nbgrader's verdicts to ``verdicts/``: read
what ``git diff`` shows there before you commit it. The exit status is 1 if

- an answer gets other points from our grader than from nbgrader,
- an answer waits for a person, and ``manual.txt`` does not list it,
- more than 3 % of the answers wait for a person,
- nbgrader does not give all points to a right answer, or gives them to a wrong one, or
- an answer could not be graded.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.conformance import comparison, kept, reader
from tests.conformance.comparison import Compared
from tests.conformance.grading import (
    PREFIXES,
    Graded,
    GradingFailed,
    Key,
    class_folders,
)
from tests.conformance.reader import Style


class Plan(NamedTuple):
    """How to grade the styles: which graders run, and with what options."""

    nbgrader: bool
    ours: bool
    apart: bool
    sandbox: str
    options: Sequence[str]


class Points(NamedTuple):
    """The points of each grader for the answers to some styles."""

    nbgrader: dict[Key, float]
    ours: dict[Key, Graded]


def main() -> int:
    """Run the command; return its exit status."""
    parser = _parser()
    arguments = parser.parse_args()
    chosen = reader.styles(arguments.kind)
    if unknown := set(arguments.style) - {style.name for style in chosen}:
        kinds = ", ".join(arguments.kind) or "all"
        names = ", ".join(sorted(unknown))
        parser.error(f"no such style: {names}; searched were these kinds: {kinds}")
    if arguments.style:
        chosen = [style for style in chosen if style.name in arguments.style]
    left_out = [style for style in chosen if not style.runnable]
    styles = [style for style in chosen if style.runnable]
    plan = Plan(
        nbgrader=not arguments.kept,
        ours=not arguments.nbgrader_only,
        apart=arguments.apart,
        sandbox=arguments.sandbox,
        options=["--seed", "1", *arguments.option],
    )
    points = _grade(styles, plan, arguments.workers)
    for style in left_out:
        needs = ", ".join(style.needs)
        print(f"left out: {style.kind}: {style.name}: needs {needs}")
    found = comparison.compared(styles, points.nbgrader, points.ours)
    graded = found if plan.ours else points.nbgrader
    missing = sum(len(style.answers) for style in styles) - len(graded)
    if missing:
        print(f"{missing} answers could not be graded: see the messages above")
    at_fault = comparison.faulty(styles, points.nbgrader)
    return _print_report(found, at_fault, arguments.json) or int(missing > 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    kinds = reader.kinds()
    add(
        "--kind",
        nargs="+",
        default=[],
        choices=kinds,
        metavar="KIND",
        help=f"kinds to grade: {', '.join(kinds)}",
    )
    add("--style", nargs="+", default=[], metavar="NAME", help="styles to grade")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--kept", action="store_true", help="do not run nbgrader")
    one.add_argument(
        "--nbgrader-only", action="store_true", help="do not run our grader"
    )
    add("--apart", action="store_true", help="a notebook for each style (slow)")
    add(
        "--sandbox",
        default="auto",
        choices=PREFIXES,
        help="level of jails for our grader; confined as in a container",
    )
    add("--workers", type=int, default=2, help="kinds to grade at the same time")
    add(
        "--option",
        action="append",
        default=[],
        help="another option for `grader grade`, as in --option=--trust=both",
    )
    add("--json", type=Path, metavar="FILE", help="also write all grades to FILE")
    return parser


def _grade(styles: Sequence[Style], plan: Plan, workers: int) -> Points:
    groups = [
        group
        for kind in reader.kinds()
        if (group := [style for style in styles if style.kind == kind])
    ]
    with ThreadPoolExecutor(workers) as pool:
        done = list(pool.map(lambda group: _grade_or_report(group, plan), groups))
    theirs = {key: points for each in done for key, points in each.nbgrader.items()}
    ours = {key: graded for each in done for key, graded in each.ours.items()}
    return Points(theirs, ours)


def _grade_or_report(styles: Sequence[Style], plan: Plan) -> Points:
    """Grade a kind; if a grader fails, print why, and return no points."""
    try:
        return _grade_kind(styles, plan)
    except GradingFailed as error:
        _print_progress(f"{styles[0].kind}: {error}")
        return Points({}, {})


def _grade_kind(styles: Sequence[Style], plan: Plan) -> Points:
    kind = styles[0].kind
    with class_folders(styles, apart=plan.apart) as folders:
        if plan.nbgrader:
            _print_progress(f"{kind}: nbgrader …")
            theirs = folders.by_nbgrader()
            _keep_verdicts(kind, theirs)
        else:
            theirs = kept.kept_points(kept.read_verdicts(kind), styles)
        if not plan.ours:
            return Points(theirs, {})
        _print_progress(f"{kind}: grader …")
        return Points(theirs, folders.by_grader(plan.options, plan.sandbox))


def _print_progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _keep_verdicts(kind: str, points: Mapping[Key, float]) -> None:
    verdicts = kept.read_verdicts(kind)
    renewed = kept.renewed_verdicts(verdicts, reader.styles([kind]), points)
    kept.write_verdicts(kind, renewed)


def _print_report(
    found: Sequence[Compared], at_fault: list[str], path: Path | None
) -> int:
    for each in found:
        if each.verdict != "equal":
            print(each.line())
    for line in at_fault:
        print(f"at fault: {line}")
    if found:
        print(comparison.table(found))
    if path is not None:
        path.write_text(json.dumps([_record(each) for each in found], indent=1))
    reasons = comparison.shortfalls(found, kept.read_manual(), at_fault)
    for reason in reasons:
        print(reason)
    return 1 if reasons else 0


def _record(each: Compared) -> dict[str, object]:
    return {
        "kind": each.kind,
        **each.key._asdict(),
        "nbgrader": each.nbgrader,
        "verdict": each.verdict,
        **each.ours._asdict(),
    }


if __name__ == "__main__":
    sys.exit(main())
