"""Find the files of a download that nobody submitted.

Pure. An LMS adds files of its own, such as a list of the submissions, and some put
folders with unfinished or returned work beside them; :class:`OwnFiles
<grader.collect.systems.scheme.OwnFiles>` names them. What a student has packed is
never searched for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from grader.collect.owners import Owner
from grader.collect.systems.table import SCHEMES

if TYPE_CHECKING:
    from grader.collect.archives import Parts

WhyNot = Literal["", "of the LMS", "not handed in"]
"""Why a file is no submission; "" if it may be one."""

_NOT_HANDED_IN = {
    folder: beside
    for scheme in SCHEMES
    for folder, beside in scheme.own.not_handed_in.items()
}


def find_left_out(
    paths: Sequence[tuple[Parts, tuple[int, ...]]], owners: Sequence[Owner]
) -> list[WhyNot]:
    """Return for each file why it is no submission.

    Parameters
    ----------
    paths
        Each file's path, and the indexes of the parts that are archives.
    owners
        The owner of each file.
    """
    pairs = list(zip(paths, owners, strict=True))
    beside = {
        (*parts[: owner.claim.level], name)
        for (parts, _), owner in pairs
        if owner.claim
        for name in owner.claim.scheme.own.beside
    }
    folders = {parts[: at + 1] for parts, _ in paths for at in range(len(parts) - 1)}
    return [
        "not handed in"
        if _is_not_handed_in(_above(parts, archives, owner), folders)
        else "of the LMS"
        if (parts in beside and not owner.people) or _is_inside(parts, owner)
        else ""
        for (parts, archives), owner in pairs
    ]


def _is_inside(parts: Parts, owner: Owner) -> bool:
    """Say whether the LMS has put a file into the folder of a submission."""
    claim = owner.claim
    inner = parts[claim.level + 1 :] if claim else ()
    return bool(claim and inner and inner[0] in claim.scheme.own.inside)


def _above(parts: Parts, archives: tuple[int, ...], owner: Owner) -> Parts:
    """Return the folders of a file down to its owner's, or to the first archive."""
    end = min([*archives, len(parts) - 1])
    return parts[: min(end, owner.level + 1)] if owner.people else parts[:end]


def _is_not_handed_in(above: Parts, folders: set[Parts]) -> bool:
    """Say whether one of the folders holds work that was not handed in.

    Such a name means that only beside the folder with the submissions; "" stands for an
    LMS whose name for it is clear enough.
    """
    for at, part in enumerate(above):
        beside = _NOT_HANDED_IN.get(part)
        if beside == "" or (beside and (*above[:at], beside) in folders):
            return True
    return False


__all__ = ["WhyNot", "find_left_out"]
