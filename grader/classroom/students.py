"""Read and store the students of a class: the roster, and the LMS's numbers for them.

The roster is the file that the caller names, or else the class folder's own, or else
the students in nbgrader's gradebook if they have names or e-mail addresses. What a
download says about a student is stored in ``seen.csv``, for the next download and for
exports of grades.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from grader.classroom import roster_csv
from grader.classroom.roster import Person, Roster
from grader.errors import UsageError
from grader.files import replace_file

ROSTER = "roster.csv"
SEEN = "seen.csv"


class ClassList:
    """The students of a class folder. Create one with :meth:`read`.

    Parameters
    ----------
    roster
        The roster, None if there is none.
    seen
        What downloads said about students, by ID.
    due
        When assignments are due, where the gradebook says so.
    extensions
        The time that students were given beyond that, by student and assignment.
    replaces_roster
        Whether :meth:`write` stores the roster in the class folder.
    """

    def __init__(
        self,
        roster: Roster | None,
        seen: Mapping[str, Person],
        due: Mapping[str, datetime],
        extensions: Mapping[tuple[str, str], timedelta],
        replaces_roster: bool = False,
    ) -> None:
        self.due = due
        self.extensions = extensions
        self._replaces_roster = replaces_roster
        self._seen = dict(seen)
        self._roster_as_read = roster
        people = roster.people if roster else ()
        self.roster = Roster(map(self._complete, people)) if roster else None

    @classmethod
    def read(
        cls, folder: Path, roster: Path | None = None, database: str | None = None
    ) -> ClassList:
        """Read the students of a class folder.

        Parameters
        ----------
        folder
            The class folder.
        roster
            The file of a new roster; None takes the class folder's own, if any.
        database
            SQLAlchemy URL of the gradebook; None takes the class folder's own.

        Raises
        ------
        UsageError
            A file cannot be read.
        ClassError
            A file is not a roster.
        """
        students, due, extensions = _from_gradebook(folder, database)
        path = roster or folder / ROSTER
        listed = students
        if roster or path.is_file():
            listed = roster_csv.read_roster(_read_bytes(path), str(path))
        seen: Mapping[str, Person] = {}
        if (folder / SEEN).is_file():
            remembered = roster_csv.read_roster(
                _read_bytes(folder / SEEN), str(folder / SEEN)
            )
            seen = {person.id: person for person in remembered.people}
        replaces_roster = roster is not None
        return cls(listed, seen, due, extensions, replaces_roster=replaces_roster)

    @property
    def people(self) -> Mapping[str, Person]:
        """Everything that is known about each student, by ID."""
        listed = {p.id: p for p in (self.roster.people if self.roster else ())}
        return dict(sorted((self._seen | listed).items()))

    def remember(self, people: Iterable[Person]) -> None:
        """Add the names, e-mail addresses and numbers that a download has."""
        for person in people:
            earlier = self._seen.get(person.id, person)
            self._seen[person.id] = _merged(person, earlier)

    def write(self, folder: Path) -> None:
        """Store the new roster, if there is one, and what downloads said."""
        if self._replaces_roster and self._roster_as_read:
            replace_file(
                folder / ROSTER, roster_csv.to_csv(self._roster_as_read.people)
            )
        if self._seen:
            people = [self._seen[student] for student in sorted(self._seen)]
            replace_file(folder / SEEN, roster_csv.to_csv(people))

    def _complete(self, person: Person) -> Person:
        seen = self._seen.get(person.id)
        return _merged(person, seen) if seen else person


def _merged(person: Person, other: Person) -> Person:
    """Return `person`, with missing values filled in from `other`."""
    return replace(
        person,
        name=person.name or other.name,
        email=person.email or other.email,
        numbers={**other.numbers, **person.numbers},
    )


def _from_gradebook(
    folder: Path, database: str | None
) -> tuple[Roster | None, Mapping[str, datetime], Mapping[tuple[str, str], timedelta]]:
    """Return nbgrader's students, due dates and extensions, if there is a gradebook.

    Students with nothing but an ID may be there only because they were graded. They
    are no roster, or all students who submit later would be unknown.
    """
    path = folder / "gradebook.db"
    if database is None and not path.is_file():
        return None, {}, {}
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    with Gradebook(database or sqlite_url(path)) as book:
        rows, deadlines = book.students(), book.deadlines()
    people = [_from_gradebook_row(row) for row in rows]
    is_roster = any(p.name or p.email or p.numbers for p in people)
    roster = Roster(people) if is_roster else None
    return roster, deadlines.dates, deadlines.extensions


def _from_gradebook_row(row: Mapping[str, str]) -> Person:
    number = row["lms_user_id"]
    return Person(
        id=row["id"],
        name=f"{row['first_name']} {row['last_name']}".strip(),
        email=row["email"],
        numbers={"moodle": number, "canvas": number} if number else {},
    )


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"the roster {path} cannot be read: {error.strerror}"
        ) from None


__all__ = ["ROSTER", "SEEN", "ClassList"]
