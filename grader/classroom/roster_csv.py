"""Read and write rosters as CSV tables, exported by an LMS or written by hand.

Pure. Columns are recognised by their names, in any order. The texts in unknown columns
become aliases: other names of the student.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.classroom.names import reason_unsafe, slug, words
from grader.classroom.roster import SYSTEMS, Person, Roster, System
from grader.errors import ClassError

# Names of columns: our own, and those that Moodle, Canvas, Brightspace, Gradescope,
# Classroom 50, GitHub Classroom and nbgrader export. If a row has several, the first
# that is not empty counts.
_ID = (
    "id",
    "student id",
    "studentid",
    "student",
    "sis login id",
    "sis user id",
    "id number",
    "sid",
    "username",
    "identifier",
)
_NAME = ("name", "full name", "fullname", "display name")
_FIRST, _LAST = ("first name", "firstname"), ("last name", "lastname", "surname")
_EMAIL = ("email", "e mail", "email address", "mail")
_NUMBERS: dict[System, tuple[str, ...]] = {
    "moodle": ("moodle", "moodle id", "identifier", "lms user id"),
    "canvas": ("canvas", "canvas id", "canvas user id", "lms user id"),
    "gradescope": ("gradescope", "gradescope id", "sid"),
    "github": ("github", "github username"),
    "brightspace": ("brightspace", "brightspace id"),
    "ilias": ("ilias", "ilias id"),
}
_SUBMITTED = ("last modified submission",)
_BRIGHTSPACE_ONLY = "end of line indicator"
_KNOWN_COLUMNS = {
    *_ID, *_NAME, *_FIRST, *_LAST, *_EMAIL, *_SUBMITTED,
    *(column for columns in _NUMBERS.values() for column in columns),
}  # fmt: skip
# Columns in exports of an LMS that contain no names.
_NOT_NAMES = re.compile(
    r"grade|status|feedback|section|score|group|comment|modified|points|github id"
    r"|role|count|text|final|current|tutorial|programme|cohort|department"
)


def read_roster(content: bytes, where: str) -> Roster:
    """Read a roster: a table with a column of IDs, names or e-mail addresses.

    Parameters
    ----------
    content
        The bytes of a CSV file in UTF-8, UTF-16 or Windows-1252.
    where
        The name of the file for messages.

    Raises
    ------
    ClassError
        No column identifies students, or an ID is unusable or occurs twice.
    """
    rows = list(csv.reader(io.StringIO(_decode(content)), _dialect(content)))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise ClassError(f"{where}: the roster is empty. {_EXPECTED}")
    columns = [" ".join(words(cell)) for cell in rows[0]]
    if not {*_ID, *_NAME, *_EMAIL, *_FIRST, *_LAST} & set(columns):
        raise ClassError(
            f"{where}: no column identifies students: {rows[0]}. {_EXPECTED}"
        )
    persons = [_person(dict(zip(columns, row, strict=False))) for row in rows[1:]]
    people = [person for person in persons if person is not None]
    _check(people, where)
    return Roster(people)


_EXPECTED = (
    "The first row must name the columns; at least one of them must be id, name or "
    "email. Rosters that Moodle, Canvas, Brightspace, Gradescope, Classroom 50 or "
    "nbgrader export can be used as they are"
)


def _decode(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ():
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _dialect(content: bytes) -> type[csv.Dialect]:
    class Table(csv.excel):
        delimiter = max(",;\t", key=_decode(content).partition("\n")[0].count)

    return Table


def _person(row: Mapping[str, str]) -> Person | None:
    """Return the student of one row; None for a row that Canvas adds."""
    canvas = {"student", "sis login id"} <= row.keys()
    name = row.get("student", "") if canvas else _first(row, _NAME)
    if canvas and words(name) in (["points", "possible"], ["student", "test"]):
        return None
    name = name or f"{_first(row, _FIRST)} {_first(row, _LAST)}".strip()
    email = _first(row, _EMAIL)
    # In the export of Canvas, the column ID is Canvas's number of the student.
    id_columns = [c for c in _ID if not (canvas and c in {"id", "student"})]
    numbers = {system: _number(row, system, canvas) for system in SYSTEMS}
    student = _first(row, id_columns) if not _has_only_moodle_number(row) else ""
    if _BRIGHTSPACE_ONLY in row:
        student = student.removeprefix("#")
    return Person(
        id=student or email.partition("@")[0] or slug(name),
        name=name,
        email=email,
        numbers={system: number for system, number in numbers.items() if number},
        aliases=tuple(_aliases(row)),
        submitted=_first(row, _SUBMITTED),
    )


def _has_only_moodle_number(row: Mapping[str, str]) -> bool:
    """Tell whether the only ID in a row is Moodle's number of a participant."""
    others = [column for column in _ID if column != "identifier"]
    return bool(re.fullmatch(r"\D*\d+", row.get("identifier", ""))) and not _first(
        row, others
    )


def _number(row: Mapping[str, str], system: System, canvas: bool) -> str:
    if system == "canvas" and canvas:
        return row.get("id", "").strip()
    if system == "github" and "github id" in row and not _first(row, _NUMBERS[system]):
        return row.get("username", "").strip()  # Classroom 50 names its users like that
    text = _first(row, _NUMBERS[system])
    if system == "moodle" and text == row.get("identifier", "").strip():
        match = re.fullmatch(r"[^\d@]+ (\d+)", text)  # "Participant 123"
        return match[1] if match else ""
    return text


def _first(row: Mapping[str, str], columns: Sequence[str]) -> str:
    filled = (row[c].strip() for c in columns if row.get(c, "").strip())
    return next(filled, "")


def _aliases(row: Mapping[str, str]) -> Iterator[str]:
    for column, value in row.items():
        text = value.strip()
        is_alias = column and not (
            column in _KNOWN_COLUMNS or _NOT_NAMES.search(column)
        )
        if is_alias and re.search(r"[^\W\d_]{2}", text):
            yield text


def _check(people: Sequence[Person], where: str) -> None:
    if not people:
        raise ClassError(f"{where}: the roster has no students. {_EXPECTED}")
    seen: set[str] = set()
    for person in people:
        if why := reason_unsafe(person.id):
            raise ClassError(
                f"{where}: the id {person.id!r} ({person.name or 'no name'}) {why}, "
                "so it cannot name a folder. Change it in the roster"
            )
        if person.id.casefold() in seen:
            raise ClassError(
                f"{where}: the id {person.id!r} occurs twice, perhaps in another case; "
                "give each student an id of their own"
            )
        seen.add(person.id.casefold())


def to_csv(people: Iterable[Person]) -> str:
    """Return students as a CSV table that :func:`read_roster` reads."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    most = max((len(person.aliases) for person in people), default=0)
    names = [f"alias {number}" for number in range(1, most + 1)]
    writer.writerow(["id", "name", "email", *SYSTEMS, *names])
    for person in people:
        numbers = [person.numbers.get(system, "") for system in SYSTEMS]
        writer.writerow(
            [person.id, person.name, person.email, *numbers, *person.aliases]
        )
    return text.getvalue()


__all__ = ["read_roster", "to_csv"]
