"""Find the owner and the time of each file of a download, and what is no submission."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import yaml

from grader.classroom.roster import Roster
from grader.collect import left_out, owners
from grader.collect.archives import (
    Checkout,
    Parts,
    RefusedFile,
    SourceEntry,
    SourceFile,
)
from grader.collect.catalogue import Catalogue
from grader.collect.owners import KnownNames, Owner
from grader.collect.placement import OwnedFile
from grader.collect.systems import table
from grader.collect.systems.scheme import Claim, Scheme
from grader.collect.times import SubmissionTimes
from grader.errors import UsageError
from grader.submissions.disguised import holds_notebook

_MAX_LISTING = 64 << 20  # bytes


@dataclass(frozen=True, slots=True)
class DownloadContext:
    """What the paths of a download are compared with to find owners.

    Attributes
    ----------
    roster : Roster or None
        The roster; None if the class has none.
    course : Catalogue
        The notebooks of the course.
    pattern : re.Pattern or None
        The caller's regular expression for paths.
    source : str
        The name of the download itself, which may be that of a student.
    """

    roster: Roster | None
    course: Catalogue
    pattern: re.Pattern[str] | None
    source: str = ""


class Found(NamedTuple):
    """The files of a download: those of students, and paths of what is left out."""

    files: list[OwnedFile]
    not_handed_in: list[str]


def find_files(entries: Sequence[SourceEntry], context: DownloadContext) -> Found:
    """Return the files, each with its owner and the time it was submitted.

    Parameters
    ----------
    entries
        Everything in the download.
    context
        What its paths are compared with.

    Raises
    ------
    UsageError
        An LMS's list of the submissions cannot be read.
    """
    claims, other_files = _split_listings(entries)
    paths = [(entry.parts, entry.archives) for entry in other_files]
    names = KnownNames(
        context.roster,
        context.course.assignments,
        context.course.words,
        claims,
        context.pattern,
        owners.shared_folders(parts for parts, _ in paths),
        context.source,
    )
    file_owners = _find_owners([parts for parts, _ in paths], names)
    times = SubmissionTimes(
        entries, dict(zip(paths, file_owners, strict=True)), names.assignments
    )
    reasons = left_out.find_left_out(paths, file_owners)
    kept = [
        (entry, owner)
        for entry, owner, why in zip(other_files, file_owners, reasons, strict=True)
        if not why and not times.is_timestamp(entry.parts, entry.archives, owner)
    ]
    certain = owners.without_ownerless(
        [entry.parts for entry, _ in kept], [owner for _, owner in kept]
    )
    return Found(
        [
            _owned_file(entry, owner, times)
            for (entry, _), owner in zip(kept, certain, strict=True)
        ],
        [
            "/".join(parts)
            for (parts, _), why in zip(paths, reasons, strict=True)
            if why == "not handed in"
        ],
    )


def _find_owners(paths: Sequence[Parts], names: KnownNames) -> list[Owner]:
    """Return each file's owner; names of common folders are tried last."""
    for known in (names, replace(names, shared_folders=0)):
        found = [owners.find_owner(parts, known) for parts in paths]
        if any(owner.people or owner.claim for owner in found):
            return found
    return [
        owners.owner_from_source_name(names.source, names, owner) for owner in found
    ]


def _owned_file(
    entry: SourceFile | RefusedFile, owner: Owner, times: SubmissionTimes
) -> OwnedFile:
    refused = entry.why if isinstance(entry, RefusedFile) else ""
    time = times.of(entry.parts, owner)
    file = OwnedFile(entry.parts, entry.content, owner, time, refused, entry.archives)
    disguised = not refused and holds_notebook(file.name, file.content)
    return replace(file, disguised=disguised)


def _split_listings(
    entries: Sequence[SourceEntry],
) -> tuple[dict[Parts, Claim], list[SourceFile | RefusedFile]]:
    """Read the LMSs' own lists of submissions; return their claims, and other files."""
    claims: dict[Parts, Claim] = {}
    other_files: list[SourceFile | RefusedFile] = []
    for entry in entries:
        if isinstance(entry, Checkout):
            continue
        scheme = table.listing_at(entry.parts, entry.archives)
        if scheme and isinstance(entry, SourceFile):
            content = _read_yaml(entry, scheme)
            claims.update(table.claims_of(scheme, entry.parts[:-1], content))
        else:
            other_files.append(entry)
    return claims, other_files


def _read_yaml(entry: SourceFile, scheme: Scheme) -> Any:
    """Read YAML into plain data.

    Raises
    ------
    UsageError
        It is too large, or not YAML.
    """
    where = "/".join(entry.parts)
    if entry.content.stat().st_size > _MAX_LISTING:
        raise UsageError(
            f"{where}: larger than {_MAX_LISTING:,} bytes, so not {scheme.system}'s "
            "metadata; download the submissions again"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(entry.content.read_bytes(), loader)  # noqa: S506 - a safe one
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{where}: not {scheme.system}'s metadata ({reason}); download the "
            "submissions again"
        ) from None


__all__ = ["DownloadContext", "Found", "find_files"]
