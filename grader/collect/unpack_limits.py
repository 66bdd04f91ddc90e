"""Limit how much an archive may unpack to. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from grader.errors import ArchiveError
from grader.submissions.repair.salvage import MAX_BYTES


@dataclass(frozen=True, slots=True)
class UnpackLimits:
    """How much an archive may hold. All sizes are in bytes.

    A submission's archive may unpack to ``ratio`` times its size, but always to
    ``least`` and never to more than ``most``; so may each file in a zip, up to
    ``file``. The download has larger limits, because one submission in it must not
    use up what the others need.

    Attributes
    ----------
    file : int
        The largest file that is read.
    ratio : int
        How many times its packed size a file or an archive may unpack to.
    least, most : int
        Bounds of what `ratio` allows.
    download : int
        What the whole download may unpack to.
    entries, download_entries : int
        How many files a submission's archive, and the download, may hold.
    depth : int
        How many archives may lie inside each other.
    """

    file: int = MAX_BYTES
    ratio: int = 200
    least: int = 64 << 20
    most: int = 1 << 30
    download: int = 64 << 30
    entries: int = 10_000
    download_entries: int = 200_000
    depth: int = 5


class UnpackBudget:
    """How much may still be unpacked from one submission, or from the download."""

    def __init__(self, size: int, limits: UnpackLimits, download: bool) -> None:
        for_size = min(max(limits.ratio * size, limits.least), limits.most)
        self.allowed = limits.download if download else for_size
        self.remaining = self.allowed
        self.most_entries = limits.download_entries if download else limits.entries
        self.entries = 0

    def count(self) -> None:
        """Count one more file; raise an error if there are too many."""
        self.entries += 1
        if self.entries > self.most_entries:
            raise ArchiveError(f"it holds more than {self.most_entries:,} files")

    def spend(self, size: int) -> None:
        """Count `size` unpacked bytes; raise an error if there are too many."""
        self.remaining -= size
        if self.remaining < 0:
            raise ArchiveError(
                f"it unpacks to more than {self.allowed >> 20:,} MB, as archive "
                "bombs do"
            )


__all__ = ["UnpackBudget", "UnpackLimits"]
