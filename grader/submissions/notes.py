"""Say what happened to locked cells, and which release a submission is from. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from grader.notebooks.cells import nbgrader_of
from grader.submissions.align import Profile, normal
from grader.submissions.compare import Comparison
from grader.submissions.releases import Origin

_SHOWN_OF_RELEASE = 12


def release_flag(origin: Origin) -> str:
    """Return what the instructor is told of the release; empty for the current one."""
    if origin.unknown:
        return "submitted from another release"
    if origin.earlier:
        return f"from earlier release {origin.earlier[:_SHOWN_OF_RELEASE]}"
    return ""


def release_repair(origin: Origin) -> str:
    """Return what the student is told of the release; empty for the current one."""
    if origin.unknown:
        return (
            "Your notebook comes from another release of this assignment; "
            "it was graded with the current tests."
        )
    if origin.earlier:
        return (
            "Your notebook comes from an earlier release of this assignment "
            f"({origin.earlier[:_SHOWN_OF_RELEASE]}); it was graded with the current "
            "tests."
        )
    return ""


def locked_repairs(comparison: Comparison) -> list[str]:
    """Return sentences on the locked cells that were deleted or changed.

    Changed points come first, a sentence for each test; then all deleted cells in one
    sentence, and all changed ones in another.
    """
    points: list[str] = []
    deleted: list[str] = []
    changed: list[str] = []
    for at, ours in enumerate(comparison.reference):
        if not ours.cell.locked:
            continue
        theirs = comparison.submitted_for(at)
        name = f"{comparison.title(at)} ({'test' if ours.cell.is_test else 'text'})"
        if theirs is None:
            deleted.append(name)
            continue
        points += _changed_points(comparison, at, theirs)
        if theirs.text not in _originals(comparison, at):
            changed.append(name)
    return [
        *points,
        *_same_fate(deleted, "deleted", "put back"),
        *_same_fate(changed, "changed", "restored"),
    ]


def _changed_points(comparison: Comparison, at: int, theirs: Profile) -> Iterator[str]:
    ours = comparison.reference[at].cell
    points = nbgrader_of(ours.node).get("points")
    claimed = nbgrader_of(theirs.cell.node).get("points", points)
    if ours.is_test and claimed != points:
        yield (
            f"The points of {comparison.title(at)} were changed to {claimed!r}; "
            f"the original {points} count."
        )


def _originals(comparison: Comparison, at: int) -> tuple[str, str]:
    """Return a locked cell as students received it, and as the instructor has it.

    The second is submitted when the solution itself is graded.
    """
    return comparison.reference[at].text, normal(comparison.cells[at].source)


def _same_fate(names: list[str], what: str, then: str) -> Iterator[str]:
    """Yield one sentence for all locked cells to which the same happened."""
    if len(names) == 1:
        yield f"The locked cell of {names[0]} was {what}; it was {then}."
    elif names:
        count = len(names)
        titles = ", ".join(names)
        yield f"{count} locked cells were {what} and have been {then}: {titles}."


__all__ = ["locked_repairs", "release_flag", "release_repair"]
