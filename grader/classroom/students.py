"""Read and keep the students of a class: the roster, and what systems call them.

The roster is the one given now, else the one given last, else nbgrader's students if
they have names or addresses. What downloads say of a student is remembered in
``seen.csv``: the next download and the export of grades need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from grader.classroom import roster_csv
from grader.classroom.roster import Person, Roster
from grader.errors import UsageError
from grader.files import replace_file

ROSTER = "roster.csv"
SEEN = "seen.csv"


class ClassList:
    """The students of a class folder. Make one with :meth:`read`."""

    def __init__(
        self,
        roster: Roster | None,
        seen: Mapping[str, Person],
        due: Mapping[str, datetime],
        given: bool = False,
    ) -> None:
        self.due = due
        self._given = given
        self._seen = dict(seen)
        self._listed = roster
        people = roster.people if roster else ()
        self.roster = Roster(map(self._with_seen, people)) if roster else None

    @classmethod
    def read(
        cls, folder: Path, roster: Path | None = None, database: str | None = None
    ) -> ClassList:
        """Read what there is to know; `roster` is a file that a person gave.

        Parameters
        ----------
        folder
            The class folder.
        roster
            The file of a roster that a person gave, if any.
        database
            SQLAlchemy URL of the gradebook; None takes the class folder's own.

        Raises
        ------
        UsageError
            A file cannot be read, or says nothing that can be understood.
        """
        students, due = _from_gradebook(folder, database)
        path = roster or folder / ROSTER
        listed = students
        if roster or path.is_file():
            listed = roster_csv.parse(_bytes(path), str(path))
        seen: Mapping[str, Person] = {}
        if (folder / SEEN).is_file():
            known = roster_csv.parse(_bytes(folder / SEEN), str(folder / SEEN))
            seen = {person.id: person for person in known.people}
        return cls(listed, seen, due, given=roster is not None)

    @property
    def people(self) -> Mapping[str, Person]:
        """All that is known of each student, by id."""
        listed = {p.id: p for p in (self.roster.people if self.roster else ())}
        return dict(sorted((self._seen | listed).items()))

    def remember(self, people: Iterable[Person]) -> None:
        """Add the names, addresses and numbers that a download gave of students."""
        for person in people:
            known = self._seen.get(person.id, person)
            self._seen[person.id] = _merged(person, known)

    def write(self, folder: Path) -> None:
        """Keep the roster that was given, and what was learnt."""
        if self._given and self._listed:
            replace_file(folder / ROSTER, roster_csv.table(self._listed.people))
        if self._seen:
            people = [self._seen[student] for student in sorted(self._seen)]
            replace_file(folder / SEEN, roster_csv.table(people))

    def _with_seen(self, person: Person) -> Person:
        seen = self._seen.get(person.id)
        return _merged(person, seen) if seen else person


def _merged(person: Person, other: Person) -> Person:
    """Return `person` with what only `other` knows."""
    return replace(
        person,
        name=person.name or other.name,
        email=person.email or other.email,
        numbers={**other.numbers, **person.numbers},
    )


def _from_gradebook(
    folder: Path, database: str | None
) -> tuple[Roster | None, dict[str, datetime]]:
    """Return nbgrader's students and due dates, if there is a gradebook.

    Students of whom only an id is known may be there because they were graded: they
    make no roster, or the first one to submit would shut out all others.
    """
    path = folder / "gradebook.db"
    if database is None and not path.is_file():
        return None, {}
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    with Gradebook(database or sqlite_url(path)) as book:
        rows, due = book.students(), book.due_dates()
    people = [_of_nbgrader(row) for row in rows]
    named = any(each.name or each.email or each.numbers for each in people)
    return (Roster(people) if named else None), due


def _of_nbgrader(row: Mapping[str, str]) -> Person:
    number = row["lms_user_id"]
    return Person(
        id=row["id"],
        name=f"{row['first_name']} {row['last_name']}".strip(),
        email=row["email"],
        numbers={"moodle": number, "canvas": number} if number else {},
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"the roster {path}: {error.strerror}") from None


__all__ = ["ROSTER", "SEEN", "ClassList"]
