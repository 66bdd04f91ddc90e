"""Read a hand-in as far as it can be read: bytes → plain cells.

What arrives is not trusted and often damaged. Only what grading needs is
kept of each cell: its type, its source, its ids and what nbgrader wrote about it.
Outputs, widget state and personal data are left behind here. No nbformat, whose
readers expect well-formed notebooks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from grader.errors import SubmissionError

MAX_BYTES = 200 * 1024**2
"""A larger hand-in is refused unread."""

MAX_STRINGS = 10_000_000
MAX_CELLS = 5_000
MAX_SOURCE = 5_000_000
_MAX_ID = 64

_CELL_TYPES = {"code": "code", "raw": "raw", "markdown": "markdown"}
_OLD_TYPES = {"heading": "markdown", "html": "markdown", "plaintext": "raw"}
_FOREIGN = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"<", "a web page or XML file"),
)
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as far as it could be read."""

    cell_type: str
    source: str
    id: str | None = None
    colab_id: str | None = None
    nbgrader: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The readable part of a hand-in and what had to be repaired to read it."""

    cells: tuple[Cell, ...]
    release: str | None
    notes: tuple[str, ...]


def salvage(content: bytes) -> Salvaged:
    """Read the bytes of a hand-in.

    Raises
    ------
    SubmissionError
        The bytes are no notebook. The message is a plain reason for the student.
    """
    notes: list[str] = []
    raw = _as_mapping(_parse(_decode(_sized(content), notes), notes))
    _check_version(raw, notes)
    cells = tuple(_cell(cell, notes) for cell in _raw_cells(raw, notes))
    return Salvaged(cells, _release(raw), tuple(dict.fromkeys(notes)))


def _refuse(reason: str) -> NoReturn:
    raise SubmissionError(reason)


def _sized(content: bytes) -> bytes:
    """Refuse what is too large, empty, or plainly another kind of file."""
    if len(content) > MAX_BYTES:
        _refuse(
            f"the file is too large: {len(content):,} bytes; at most {MAX_BYTES:,}"
            " are read. Clear all outputs, save, and hand in again"
        )
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        _refuse("the file is empty")
    for start, what in _FOREIGN:
        if content.startswith(start) and not content.startswith(b"<<<<<<<"):
            _refuse(f"this is {what}, not a notebook; hand in the .ipynb file")
    return content


def _decode(content: bytes, notes: list[str]) -> str:
    """Text of the file; UTF-8, -16 and -32 are told apart by their first bytes."""
    encoding = json.detect_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        notes.append(
            "some characters of the file could not be read (it is not UTF-8); "
            "they were replaced"
        )
        text = content.decode(encoding, "replace")
    # A crash while saving can leave zeros after the end.
    return text.removeprefix("\ufeff").rstrip("\0 \t\r\n")


def _parse(text: str, notes: list[str]) -> Any:
    """JSON value of the text; control characters in strings are let pass."""
    if text.count('"') > 2 * MAX_STRINGS or _brackets(text) > MAX_STRINGS:
        _refuse("the file holds far too many values for a notebook")
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        if "escape" in error.msg:
            return _parse_mended(text, notes)
        _refuse(_why_not_json(text, error))
    except RecursionError:
        _refuse("the file is nested too deeply to be a notebook")
    except ValueError as error:
        _refuse(f"the file cannot be read as JSON: {error}")


def _brackets(text: str) -> int:
    return text.count("[") + text.count("{")


def _parse_mended(text: str, notes: list[str]) -> Any:
    """Second try, with stray backslashes doubled."""
    notes.append("the file had invalid escapes (stray backslashes); they were mended")
    mended = _ESCAPE.sub(lambda m: m[0] if m[1] else r"\\", text)
    try:
        return json.loads(mended, strict=False)
    except json.JSONDecodeError as error:
        _refuse(_why_not_json(mended, error))
    except (RecursionError, ValueError):
        _refuse("the file cannot be read as JSON")


def _why_not_json(text: str, error: json.JSONDecodeError) -> str:
    """The likeliest cause, for the student, with the position."""
    place = f"line {error.lineno}, column {error.colno}"
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        return (
            f"the file contains merge-conflict markers (line {line}), so it is no "
            "longer a notebook; resolve the conflict and hand in again"
        )
    if not text.lstrip().startswith(("{", "[")):
        return f"the file is not a notebook: it is not JSON ({place}: {error.msg})"
    if error.pos >= len(text) or "Unterminated" in error.msg:
        return f"the file ends in the middle ({place}); the upload was cut short"
    return f"the file is not valid JSON ({place}: {error.msg})"


def _as_mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        _refuse("the file is JSON, but not a notebook: it has no cells")
    return raw


def _check_version(raw: dict[str, Any], notes: list[str]) -> None:
    """Accept nbformat 2 to 4, or a missing number if cells are there."""
    number = raw.get("nbformat", 4)
    if isinstance(number, str) and number.isascii() and number.isdigit():
        number = int(number[:9])
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if isinstance(number, bool) or number not in (2, 3, 4):
        _refuse(
            f"the notebook says it has format {str(number)[:20]!r}, which is unknown; "
            "formats 3 and 4 can be read. Save it again from Jupyter or Colab"
        )
    if number != 4:
        notes.append(f"the notebook was saved in the old format {number}; converted")


def _raw_cells(raw: dict[str, Any], notes: list[str]) -> list[dict[str, Any]]:
    """All cells that are objects, from format 4's list or format 3's worksheets."""
    cells = raw.get("cells")
    if not isinstance(cells, list):
        sheets = raw.get("worksheets")
        if not isinstance(sheets, list):
            _refuse("the file is JSON, but not a notebook: it has no list of cells")
        lists = (s.get("cells") for s in sheets if isinstance(s, dict))
        cells = [cell for part in lists if isinstance(part, list) for cell in part]
    if len(cells) > MAX_CELLS:
        _refuse(f"the notebook has {len(cells):,} cells; at most {MAX_CELLS:,} may be")
    kept = [cell for cell in cells if isinstance(cell, dict)]
    if len(kept) < len(cells):
        notes.append("something that is not a cell stood among the cells; left out")
    return kept


def _cell(raw: dict[str, Any], notes: list[str]) -> Cell:
    """One cell of any format, with unusable parts left out."""
    kind = raw.get("cell_type")
    kind = kind if isinstance(kind, str) else "raw"
    metadata = raw.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    source = _source(raw.get("source", raw.get("input", "")), notes)
    if kind == "heading":
        source = f"{'#' * _level(raw.get('level'))} {source}"
    return Cell(
        cell_type=_CELL_TYPES.get(kind) or _OLD_TYPES.get(kind, "raw"),
        source=source,
        id=_identifier(raw.get("id")),
        colab_id=_identifier(metadata.get("id")),
        nbgrader=_scalars(metadata.get("nbgrader")),
    )


def _level(value: Any) -> int:
    return value if isinstance(value, int) and 1 <= value <= 6 else 1


def _source(value: Any, notes: list[str]) -> str:
    """Text of a cell from a string or a list of lines, newlines and all."""
    if isinstance(value, list):
        lines = [line for line in value if isinstance(line, str)]
        # Some exporters leave the newlines out of the list's lines.
        bare = len(lines) > 1 and not any(line.endswith("\n") for line in lines)
        value = ("\n" if bare else "").join(lines)
    if not isinstance(value, str):
        notes.append("a cell had no readable text; taken as empty")
        value = ""
    if len(value) > MAX_SOURCE:
        notes.append(f"a cell had more than {MAX_SOURCE:,} characters; it was cut")
        value = value[:MAX_SOURCE]
    return _clean(value)


def _clean(text: str) -> str:
    """Unix newlines, and no lone surrogates: they cannot be written as UTF-8."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _identifier(value: Any) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= _MAX_ID else None


def _scalars(value: Any) -> dict[str, Any]:
    """The plain entries of a mapping; ``grade_id`` always as a string."""
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
    """The release that the student's copy says it comes from; a hint only."""
    metadata = raw.get("metadata")
    ours = metadata.get("grader") if isinstance(metadata, dict) else None
    release = ours.get("release") if isinstance(ours, dict) else None
    return _identifier(release)


__all__ = ["MAX_BYTES", "Cell", "Salvaged", "salvage"]
