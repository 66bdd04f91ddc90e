"""Read the bytes of a submission as plain cells, as far as they can be read.

Submissions are not trusted and often damaged. Only what grading needs is kept of each
cell: its type, its source with the pictures pasted into it, its ids and what nbgrader
wrote about it. Outputs, widget state and personal data are dropped here. nbformat is
not used: its readers expect well-formed notebooks.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from grader.errors import SubmissionError
from grader.submissions.repair import attachments as attached
from grader.submissions.repair import (
    broken_json,
    conflicts,
    encodings,
    foreign,
    paste,
)
from grader.submissions.repair.strip_outputs import skim

MAX_BYTES = 256 * 1024**2
"""A larger submission is refused without reading it."""

MAX_SKIMMED = 64 * 1024**2
"""Its largest size without outputs: as text it takes up to four times that."""

MAX_BRACKETS = 20_000_000
MAX_VALUES = 2_000_000
MAX_CELLS = 5_000
MAX_SOURCE = 5_000_000
_MAX_ID = 64

_CELL_TYPES = {"code": "code", "raw": "raw", "markdown": "markdown"}
_OLD_TYPES = {"heading": "markdown", "html": "markdown", "plaintext": "raw"}
_SAYS_SOMETHING = re.compile(rb"[^\0 \t\r\n\xef\xbb\xbf\xff\xfe]")


@dataclass(frozen=True, slots=True)
class SalvagedCell:
    """One cell, as far as it could be read."""

    cell_type: str
    source: str
    id: str | None = None
    colab_id: str | None = None
    nbgrader: dict[str, Any] = field(default_factory=dict)
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The readable part of a submission, and what was repaired to read it.

    Attributes
    ----------
    cells : tuple of SalvagedCell
    release : str or None
        The release that the file says it comes from; it may lie.
    notes : tuple of str
        What was repaired, for the student.
    flags : tuple of str
        What a person should look at.
    """

    cells: tuple[SalvagedCell, ...]
    release: str | None
    notes: tuple[str, ...]
    flags: tuple[str, ...] = ()


def salvage(content: bytes) -> tuple[Salvaged, ...]:
    """Read the bytes of a submission.

    Returns
    -------
    tuple of Salvaged
        One reading; several only where merge-conflict markers leave a choice.

    Raises
    ------
    SubmissionError
        The bytes are not a notebook. The message tells the student why.
    """
    content = encodings.as_utf_8(_sized(content))
    _refuse_foreign(foreign.what_the_text_is(content))
    if not conflicts.marked(content):
        return (_salvaged(content, mend=True),)
    return _with_conflict_note(_read_versions(content))


def _read_versions(content: bytes) -> list[Salvaged]:
    """Read the versions of a conflict: those that are whole, else repaired ones."""
    for mend in (False, True):
        readings: list[Salvaged] = []
        # One after the other: a version may be as large as the file.
        for version in conflicts.versions(content):
            with suppress(SubmissionError):
                salvaged = _salvaged(version, mend=mend)
                readings += [] if salvaged in readings else [salvaged]
        if readings:
            return readings
    line = conflicts.line_of_marker(content)
    raise SubmissionError(
        f"the file contains merge-conflict markers (line {line}) and no version of it "
        "is a notebook; resolve the conflict and submit the notebook again"
    )


def _with_conflict_note(readings: list[Salvaged]) -> tuple[Salvaged, ...]:
    """Say that there were conflict markers; flag them if they leave a choice."""
    note = "the file held merge-conflict markers; they were removed"
    flags: tuple[str, ...] = ()
    if len(readings) > 1:
        note = (
            f"the file held merge-conflict markers; its {len(readings)} versions were "
            "all tried, and the one with the most answers was taken"
        )
        flags = (f"merge conflict, {len(readings)} versions; look by hand",)
    return tuple(
        replace(r, notes=(note, *r.notes), flags=(*flags, *r.flags)) for r in readings
    )


def _salvaged(content: bytes, *, mend: bool) -> Salvaged:
    notes: list[str] = []
    flags: list[str] = []
    text = encodings.decode(_skimmed(content), notes)
    raw = _as_mapping(_parse(text, notes, flags, mend))
    _note_version(raw, notes)
    cells = [_cell(cell, notes) for cell in _raw_cells(raw, notes)]
    sources = encodings.ungarbled([cell.source for cell in cells], notes)
    pairs = zip(cells, sources, strict=True)
    kept = tuple(replace(cell, source=source) for cell, source in pairs)
    return Salvaged(kept, _release(raw), _once(notes), _once(flags))


def _once(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _refuse(reason: str) -> NoReturn:
    raise SubmissionError(reason)


def _sized(content: bytes) -> bytes:
    """Refuse what is too large, empty, or plainly another kind of file."""
    if len(content) > MAX_BYTES:
        _refuse(
            f"the file is too large: {len(content):,} bytes; at most {MAX_BYTES:,}"
            " are read. Clear all outputs, save, and submit it again"
        )
    if _SAYS_SOMETHING.search(content) is None:
        _refuse("the file is empty")
    _refuse_foreign(foreign.what_it_is(content))
    return content


def _refuse_foreign(what: str) -> None:
    if what:
        _refuse(what)


def _skimmed(content: bytes) -> bytes:
    """Return the file without outputs, which may be hundreds of megabytes."""
    _refuse_too_many(_brackets(content) > MAX_BRACKETS)
    skimmed = skim(content)
    if len(skimmed) > MAX_SKIMMED:
        _refuse(
            f"the file is too large: without outputs it has {len(skimmed):,} bytes; "
            f"at most {MAX_SKIMMED:,} are read"
        )
    values = max(skimmed.count(b'"') // 2, _brackets(skimmed) // 2)
    _refuse_too_many(values > MAX_VALUES)
    return skimmed


def _brackets(content: bytes) -> int:
    return sum(map(content.count, (b"[", b"{", b"]", b"}")))


def _refuse_too_many(far_too_many: bool) -> None:
    if far_too_many:
        _refuse("the file holds far too many values for a notebook")


def _parse(text: str, notes: list[str], flags: list[str], mend: bool) -> Any:
    """Return the JSON value of the text, or what can be read of it."""
    try:
        return broken_json.parsed(text)
    except json.JSONDecodeError as error:
        reason = _why_not_json(text, error)
    except RecursionError:
        reason = "the file is nested too deeply to be a notebook"
    notebook = _mended(text, notes, flags) if mend else None
    if notebook is None:
        _refuse(reason)
    return notebook


def _mended(text: str, notes: list[str], flags: list[str]) -> dict[str, Any] | None:
    """Return what can be read of a text that is not JSON, or None."""
    mended = broken_json.escapes_mended(text)
    if mended != text:
        notes.append(
            "the file had invalid escapes (stray backslashes); they were repaired"
        )
    value, rest = broken_json.first_value(mended)
    if _is_notebook(value):
        if rest:
            notes.append("the file went on after the notebook's end; that was left out")
        return dict(value)
    return _pieces(mended, notes, flags)


def _pieces(text: str, notes: list[str], flags: list[str]) -> dict[str, Any] | None:
    """Return the notebook closed where it ends, or its whole cells if they are more."""
    cut, loose = broken_json.closed(text), broken_json.cells(text)
    if _is_notebook(cut) and len(_listed(cut) or ()) >= len(loose):
        notes.append("the file ends in the middle; what could be read of it was kept")
        flags.append("the file was cut off; look by hand")
        return dict(cut)
    if loose:
        notes.append(
            "the file is damaged; the cells that could be read were kept, "
            "some may be missing"
        )
        flags.append("the file is damaged; look by hand")
        return {"cells": loose}
    return None


def _why_not_json(text: str, error: json.JSONDecodeError) -> str:
    """Return the likeliest cause with its position, for the student."""
    place = f"line {error.lineno}, column {error.colno}"
    if not text.lstrip().startswith(("{", "[")):
        return f"the file is not a notebook: it is not JSON ({place}: {error.msg})"
    if error.pos >= len(text) or "Unterminated" in error.msg:
        return f"the file ends in the middle ({place}); the upload was cut short"
    return f"the file is not valid JSON ({place}: {error.msg})"


def _as_mapping(raw: Any) -> dict[str, Any]:
    if isinstance(raw, list) and any(
        isinstance(c, dict) and "cell_type" in c for c in raw
    ):
        return {"cells": raw}
    if not isinstance(raw, dict):
        _refuse("the file is JSON, but not a notebook: it has no cells")
    return raw


def _note_version(raw: dict[str, Any], notes: list[str]) -> None:
    """Note an old or unknown format; the cells are read by what is there."""
    number = raw.get("nbformat", 4)
    if number in (2, 3):
        notes.append(f"the notebook was saved in the old format {number}; converted")
    elif str(number) not in ("4", "4.0"):
        notes.append(
            f"the notebook says it has format {str(number)[:20]!r}, which is unknown; "
            "it was read as format 4"
        )


def _is_notebook(raw: Any) -> bool:
    return isinstance(raw, dict) and bool(_listed(raw))


def _listed(raw: dict[str, Any]) -> list[Any] | None:
    """Return format 4's list of cells, or the cells of format 3's worksheets."""
    cells = raw.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = raw.get("worksheets")
    if not isinstance(sheets, list):
        return None
    lists = (s.get("cells") for s in sheets if isinstance(s, dict))
    return [cell for part in lists if isinstance(part, list) for cell in part]


def _raw_cells(raw: dict[str, Any], notes: list[str]) -> list[dict[str, Any]]:
    """Return all cells that are objects."""
    cells = _listed(raw)
    if cells is None:
        _refuse("the file is JSON, but not a notebook: it has no list of cells")
    if len(cells) > MAX_CELLS:
        _refuse(f"the notebook has {len(cells):,} cells; at most {MAX_CELLS:,} may be")
    kept = [cell for cell in cells if isinstance(cell, dict)]
    if len(kept) < len(cells):
        notes.append("something among the cells is not a cell; it was left out")
    return kept


def _cell(raw: dict[str, Any], notes: list[str]) -> SalvagedCell:
    """Read one cell of any format, without its unusable parts."""
    kind = raw.get("cell_type")
    kind = kind if isinstance(kind, str) else "raw"
    metadata = raw.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    source = _source(raw.get("source", raw.get("input", "")), notes)
    if kind == "heading" and "level" in raw:
        source = f"{'#' * _level(raw.get('level'))} {source}"
    cell_type = _CELL_TYPES.get(kind) or _OLD_TYPES.get(kind, "raw")
    text = paste.as_text(source) if cell_type == "code" else None
    return SalvagedCell(
        cell_type="markdown" if text else cell_type,
        source=text or source,
        id=_identifier(raw.get("id")),
        colab_id=_identifier(metadata.get("id")),
        nbgrader=_scalars(metadata.get("nbgrader")),
        attachments=attached.readable(raw.get("attachments")),
    )


def _level(value: Any) -> int:
    return value if isinstance(value, int) and 1 <= value <= 6 else 1


def _source(value: Any, notes: list[str]) -> str:
    """Return the text of a cell from a string or a list of lines."""
    if isinstance(value, list):
        lines = [line for line in value if isinstance(line, str)]
        # Some exporters leave out the newlines of the lines.
        bare = len(lines) > 1 and not any(line.endswith("\n") for line in lines)
        value = ("\n" if bare else "").join(lines)
    if not isinstance(value, str):
        notes.append("a cell had no readable text; it was read as empty")
        value = ""
    if len(value) > MAX_SOURCE:
        notes.append(f"a cell had more than {MAX_SOURCE:,} characters; it was cut")
        value = value[:MAX_SOURCE]
    return _clean(value)


def _clean(text: str) -> str:
    """Return text with Unix newlines, and without lone surrogates, for UTF-8."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _identifier(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _MAX_ID else None


def _scalars(value: Any) -> dict[str, Any]:
    """Return the plain entries of a mapping; ``grade_id`` always as a string."""
    if not isinstance(value, dict):
        return {}
    kept = {
        _clean(key)[:_MAX_ID]: _clean(item)[:1000] if isinstance(item, str) else item
        for key, item in list(value.items())[:50]
        if isinstance(item, str | int | float | bool)
    }
    if "grade_id" in kept:
        kept["grade_id"] = str(kept["grade_id"])
    return kept


def _release(raw: dict[str, Any]) -> str | None:
    """Return the release that the file says it comes from; only a hint."""
    metadata = raw.get("metadata")
    ours = metadata.get("grader") if isinstance(metadata, dict) else None
    release = ours.get("release") if isinstance(ours, dict) else None
    return _identifier(release)


__all__ = ["MAX_BYTES", "Salvaged", "SalvagedCell", "salvage"]
