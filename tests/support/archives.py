"""Archives to be read within tight limits, and what came of it."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Mapping

from grader.collect.archives import RefusedFile, SourceEntry, SourceFile
from grader.collect.unpack_limits import UnpackLimits

TIGHT = UnpackLimits(
    file=50_000, ratio=20, least=20_000, most=200_000, entries=20, download_entries=50
)
BOB = {"bob/lab.ipynb": b"bob"}


def zipped(
    files: Mapping[str, bytes] | Iterable[tuple[str | zipfile.ZipInfo, bytes]],
) -> bytes:
    made = io.BytesIO()
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return made.getvalue()


def tarred(*entries: tuple[tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for info, content in entries:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def plain(name: str, content: bytes = b"x") -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(name), content


class Read:
    """What came of reading a source."""

    def __init__(self, entries: Iterable[SourceEntry]) -> None:
        self.entries = list(entries)

    @property
    def files(self) -> dict[str, bytes]:
        return {
            "/".join(e.parts): e.content.read_bytes()
            for e in self.entries
            if isinstance(e, SourceFile)
        }

    @property
    def refused(self) -> dict[str, str]:
        return {
            "/".join(e.parts): e.why for e in self.entries if isinstance(e, RefusedFile)
        }


Reading = Callable[..., Read]
Nested = Callable[..., str]
