"""Read and write rosters as CSV tables, as an LMS exports or a person writes them.

Pure. Columns are recognised by their names, in any order. An unknown column holds
aliases: other names by which files may call a student.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.classroom.roster import SYSTEMS, Person, Roster, System, slug, unsafe, words
from grader.errors import ClassError

# Our own columns, and those of the exports of Moodle, Canvas, Gradescope, GitHub
# Classroom and nbgrader. Where several are there, the first that is filled counts.
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
}
_SUBMITTED = ("last modified submission",)
_USED = {
    *_ID, *_NAME, *_FIRST, *_LAST, *_EMAIL, *_SUBMITTED,
    *(column for columns in _NUMBERS.values() for column in columns),
}  # fmt: skip
# Columns in exports of an LMS that hold no names.
_NOT_NAMES = re.compile(
    r"grade|status|feedback|section|score|group|comment|modified|points|github id"
    r"|role|count|text|final|current|tutorial|programme|cohort|department"
)


def parse(content: bytes, where: str) -> Roster:
    """Read a roster: a table with a column of ids, names or addresses.

    Parameters
    ----------
    content
        A CSV file's bytes, in any usual encoding.
    where
        What messages call it.

    Raises
    ------
    ClassError
        No column says who the students are, or an id is unusable or stands twice.
    """
    rows = list(csv.reader(io.StringIO(_decoded(content)), _dialect(content)))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise ClassError(f"{where}: the roster is empty. {_WANTED}")
    columns = [" ".join(words(cell)) for cell in rows[0]]
    if not {*_ID, *_NAME, *_EMAIL, *_FIRST, *_LAST} & set(columns):
        raise ClassError(f"{where}: none of its columns is known: {rows[0]}. {_WANTED}")
    made = [_person(dict(zip(columns, row, strict=False))) for row in rows[1:]]
    people = [person for person in made if person is not None]
    _check(people, where)
    return Roster(people)


_WANTED = (
    "The first row must name columns, at least one of: id, name, email. Rosters as "
    "Moodle, Canvas, Gradescope, GitHub Classroom and nbgrader export them will do"
)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ():
        return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _dialect(content: bytes) -> type[csv.Dialect]:
    class Table(csv.excel):
        delimiter = max(",;\t", key=_decoded(content).partition("\n")[0].count)

    return Table


def _person(row: Mapping[str, str]) -> Person | None:
    """Return the student of one row; None for the rows that Canvas adds."""
    canvas = {"student", "sis login id"} <= row.keys()
    name = row.get("student", "") if canvas else _first(row, _NAME)
    if canvas and words(name) in (["points", "possible"], ["student", "test"]):
        return None
    name = name or f"{_first(row, _FIRST)} {_first(row, _LAST)}".strip()
    email = _first(row, _EMAIL)
    # In Canvas' own table the column ID is Canvas' number, not ours.
    wanted = [c for c in _ID if not (canvas and c in {"id", "student"})]
    numbers = {system: _number(row, system, canvas) for system in SYSTEMS}
    student = _first(row, wanted) if not _is_number_of_moodle(row) else ""
    return Person(
        id=student or email.partition("@")[0] or slug(name),
        name=name,
        email=email,
        numbers={system: number for system, number in numbers.items() if number},
        aliases=tuple(_aliases(row)),
        submitted=_first(row, _SUBMITTED),
    )


def _is_number_of_moodle(row: Mapping[str, str]) -> bool:
    """Say whether the only id is what Moodle calls a participant."""
    others = [column for column in _ID if column != "identifier"]
    return bool(re.fullmatch(r"\D*\d+", row.get("identifier", ""))) and not _first(
        row, others
    )


def _number(row: Mapping[str, str], system: System, canvas: bool) -> str:
    if system == "canvas" and canvas:
        return row.get("id", "").strip()
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
        wanted = column and column not in _USED and not _NOT_NAMES.search(column)
        if wanted and re.search(r"[^\W\d_]{2}", text):
            yield text


def _check(people: Sequence[Person], where: str) -> None:
    if not people:
        raise ClassError(f"{where}: the roster names nobody. {_WANTED}")
    seen: set[str] = set()
    for person in people:
        if why := unsafe(person.id):
            raise ClassError(
                f"{where}: the id {person.id!r} ({person.name or 'no name'}) {why}; "
                "it must be able to name a folder. Change it in the roster"
            )
        if person.id.casefold() in seen:
            raise ClassError(
                f"{where}: the id {person.id!r} stands twice, or differs in case only; "
                "each student needs an id of their own"
            )
        seen.add(person.id.casefold())


def table(people: Iterable[Person]) -> str:
    """Return people as CSV that :func:`parse` reads."""
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


__all__ = ["parse", "table"]
