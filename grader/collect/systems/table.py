"""The table of all naming schemes, and what they say about a path. Pure.

For a new system, write a module beside this one and add its scheme to :data:`SCHEMES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from grader.collect.systems.aplus import APLUS
from grader.collect.systems.brightspace import BRIGHTSPACE
from grader.collect.systems.canvas import CANVAS
from grader.collect.systems.classroom50 import CLASSROOM_50
from grader.collect.systems.gradescope import GRADESCOPE
from grader.collect.systems.ilias import ILIAS
from grader.collect.systems.moodle import MOODLE
from grader.collect.systems.nbgrader import EXCHANGE, NBGRADER
from grader.collect.systems.sakai import SAKAI
from grader.collect.systems.scheme import Claim, Scheme
from grader.collect.systems.teams import TEAMS

if TYPE_CHECKING:
    from grader.collect.archives import Parts

SCHEMES: tuple[Scheme, ...] = (
    GRADESCOPE,
    MOODLE,
    NBGRADER,
    EXCHANGE,
    BRIGHTSPACE,
    SAKAI,
    ILIAS,
    TEAMS,
    CLASSROOM_50,
    CANVAS,
    APLUS,
)
"""All known schemes; the first one that fits a name counts."""


def find_claim(
    parts: Parts, claims: Mapping[Parts, Claim], source: str = ""
) -> Claim | None:
    """Return what an LMS says about a file, None if its path fits none.

    Parameters
    ----------
    parts
        The file's path in the download.
    claims
        What an LMS's own list says about folders, see :func:`claims_of`.
    source
        The name of the download, which may be a folder that an LMS has named.

    Examples
    --------
    >>> claim = find_claim(("doejane_55_70001_lab.ipynb",), {})
    >>> claim.scheme.system, claim.label.hints[0].number, claim.label.file
    ('Canvas', '55', 'lab.ipynb')
    """
    path = (source, *parts)
    for level in range(len(parts)):
        if claim := claims.get(parts[: level + 1]):
            return claim
        for scheme in SCHEMES:
            if scheme.read and (label := scheme.read(path, level + 1)):
                return Claim(scheme, level, label)
    return None


def listing_at(parts: Parts, archives: tuple[int, ...]) -> Scheme | None:
    """Return the scheme whose list of submissions a file is, None if it is no list.

    Parameters
    ----------
    parts
        The file's path in the download.
    archives
        The indexes of the parts that are archives.
    """
    for scheme in SCHEMES:
        listing = scheme.listing
        if listing and listing.file == parts[-1]:
            genuine = all(listing.archive.fullmatch(parts[at]) for at in archives)
            return scheme if genuine else None
    return None


def claims_of(
    scheme: Scheme, folder: Parts, content: Any
) -> Iterator[tuple[Parts, Claim]]:
    """Yield what an LMS's list of submissions says about each folder beside it.

    Parameters
    ----------
    scheme
        The LMS.
    folder
        The folder that contains the list.
    content
        The list, as plain data.

    Yields
    ------
    tuple of (Parts, Claim)
        The path of a submission's folder, and the claim about it.
    """
    if scheme.listing is None:
        return
    for name, label in scheme.listing.labels(content):
        yield (*folder, name), Claim(scheme, len(folder), label)


__all__ = ["SCHEMES", "claims_of", "find_claim", "listing_at"]
