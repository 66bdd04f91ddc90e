"""The grades that lie in a class folder: results, gradebook, list and times."""

from __future__ import annotations

from pathlib import Path

from grader.classroom import grades
from grader.classroom.folder import Classroom
from grader.classroom.grades import Grade
from grader.classroom.students import ClassList
from grader.errors import ClassError
from grader.submissions.read import submitted_at


def read(room: Classroom, database: str | None = None) -> list[Grade]:
    """Return a grade for each student and assignment; see :func:`grades.of_class`.

    Raises
    ------
    ClassError
        Nothing was graded yet, or a file of the class cannot be used.
    """
    results = room.read_results()
    if not results:
        raise ClassError(
            f"{room.results}: no results yet, so nothing to report; first run: "
            f"grader grade --class {room.root}"
        )
    people = ClassList.read(room.root, database=database).people
    times = {key: submitted_at(room.folder("submitted", *key)) for key in results}
    known = {key: time for key, time in times.items() if time}
    return grades.of_class(results, people, _standings(room.gradebook, database), known)


def _standings(
    path: Path, database: str | None
) -> dict[tuple[str, str], tuple[float, bool]]:
    if database is None and not path.is_file():
        return {}
    from grader.classroom.gradebook.gradebook import Gradebook, sqlite_url

    with Gradebook(database or sqlite_url(path)) as book:
        return book.standings()


__all__ = ["read"]
