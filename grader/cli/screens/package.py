"""Print the files that ``grader package`` made, and the results of its rehearsals.

The output of a rehearsal may come from a student; it is shown literally.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console

from grader.cli.screens.printing import FULL, NONE, places, say
from grader.records import points_text

if TYPE_CHECKING:
    from grader.authoring.package.package import Package
    from grader.authoring.package.rehearse import Rehearsal

SECRET = "holds hidden tests: only instructors may read it"  # noqa: S105 - a sentence
MOST_LINES = 20


def files(console: Console, made: Package) -> None:
    """Print the files of a package, and its points."""
    places(console, {"package": made.archive})
    say(console, f"{made.archive.name} {SECRET}.")
    if made.public:
        places(console, {"public": made.public[0]})
        say(console, f"{made.public[0].name} may be read by students.")
    points = f"{points_text(made.points)} points by tests"
    by_hand = f", {points_text(made.by_hand)} by a person" if made.by_hand else ""
    say(console, f"{points}{by_hand}.")
    if made.missing:
        say(
            console,
            f"not installed here, so not in the package: {', '.join(made.missing)}; "
            "add what grading needs with --with REQUIREMENT",
        )


def rehearsal(console: Console, done: Rehearsal) -> None:
    """Print the result of one rehearsal."""
    mark = NONE if done.faults else FULL
    score = "no score" if done.score is None else f"{points_text(done.score)} points"
    network = "without a network" if done.offline else "the network was not cut off"
    say(
        console,
        f"{mark} {done.submission}: {score}, {done.seconds:g} s, {network}",
    )
    for fault in done.faults:
        say(console, f"  {fault}")
    if done.faults:
        for line in done.printed.splitlines()[-MOST_LINES:]:
            say(console, f"  {line}")


def content(made: Package, rehearsals: Sequence[Rehearsal]) -> dict[str, Any]:
    """Return the result as ``--json`` writes it."""
    return {
        "assignment": made.assignment,
        "target": made.target.name,
        "package": str(made.archive),
        "public": [str(path) for path in made.public],
        "points": made.points,
        "points_by_hand": made.by_hand,
        "missing": list(made.missing),
        "rehearsals": [_content(each) for each in rehearsals],
    }


def _content(done: Rehearsal) -> dict[str, Any]:
    """Return one rehearsal for ``--json``.

    Its results are a JSON string, because their keys are the other system's.
    """
    import json

    written = asdict(done)
    written["results"] = json.dumps(done.results, ensure_ascii=False)
    return written | {"score": done.score}


__all__ = ["content", "files", "rehearsal"]
