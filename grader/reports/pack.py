"""Pack the feedback of a class for an LMS, which gives each student their own.

Pure except for :func:`pack`. :data:`PACKERS` lists the systems; to add one, write a
function that returns a student's file, and an entry there. Each system takes files back
only under the names that it gave the submissions, which ``grader collect`` has stored.
A file that two students would get is left out.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from grader.collect.systems import canvas, moodle
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.classroom.folder import Classroom
    from grader.classroom.roster import Person
    from grader.classroom.upload_names import Upload
    from grader.course.course import Course
    from grader.reports.class_feedback import StudentFeedback


class Member(NamedTuple):
    """A file of a pack: its path in the archive, and its text."""

    path: str
    text: str


class Recipient(NamedTuple):
    """A student, and what the submission was called in its download."""

    person: Person
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The feedback that one student gets on one notebook.

    Attributes
    ----------
    told : StudentFeedback
        What the student is told.
    html : str
        The same as a page.
    recipient : Recipient
        The student.
    """

    told: StudentFeedback
    html: str
    recipient: Recipient

    @property
    def notebook(self) -> str:
        """The name of the notebook."""
        return self.told.assignment.notebook

    @property
    def who(self) -> str:
        """The student and the assignment, for messages."""
        return f"{self.told.result.student} ({self.told.result.assignment})"


@dataclass(frozen=True, slots=True)
class Packer:
    """A system that takes feedback for a class back in one archive.

    Attributes
    ----------
    name : str
        Its name for ``grader feedback --pack``.
    title : str
        Where the archive is uploaded.
    member : callable
        Returns a student's file; None if the system would not know whose it is.
    unknown : str
        Why it would not, and what to do.
    """

    name: str
    title: str
    member: Callable[[Page], Member | None]
    unknown: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The archive of one assignment.

    Attributes
    ----------
    assignment : str
        Its name.
    members : tuple of Member
        The files.
    left_out : tuple of str
        The students who get none, each with the reason.
    """

    assignment: str
    members: tuple[Member, ...]
    left_out: tuple[str, ...]


class Packed(NamedTuple):
    """The pages and the archives that were written, and who is not in the archives."""

    pages: list[Path]
    archives: list[Path]
    left_out: list[str]


def _for_moodle(page: Page) -> Member | None:
    """*Upload multiple feedback files in a zip*: a folder for each student."""
    person, uploads = page.recipient
    names = (upload.name for upload in uploads if upload.system == moodle.MOODLE.system)
    folder = next(filter(None, map(moodle.feedback_folder_of, names)), None)
    if folder is None and (number := person.numbers.get("moodle")):
        folder = moodle.feedback_folder(person.name or person.id, number)
    return Member(f"{folder}/{page.notebook}.html", page.html) if folder else None


def _for_canvas(page: Page) -> Member | None:
    """*Upload Submissions*: Canvas shows a file under the name of the submitted one."""
    from grader.reports.feedback_notebook import as_notebook

    uploads = page.recipient.uploads
    names = [each.name for each in uploads if each.system == canvas.CANVAS.system]
    given = {name: canvas.submitted_name(name) or "" for name in names}
    notebooks = [name for name in names if given[name].lower().endswith(".ipynb")]
    if len(uploads) > 1:  # an assignment of several notebooks
        notebooks = [n for n in notebooks if given[n].startswith(page.notebook)]
    if not notebooks:
        return None
    return Member(min(notebooks, key=len), as_notebook(page.told))


PACKERS = (
    Packer(
        "moodle",
        "in Moodle's assignment, Upload multiple feedback files in a zip",
        _for_moodle,
        "Moodle's number for this submission is not known; collect Moodle's own "
        "download of this assignment",
    ),
    Packer(
        "canvas",
        "in Canvas' assignment, Upload Submissions",
        _for_canvas,
        "Canvas' name for the submitted notebook is not known; collect Canvas' own "
        "download of this assignment",
    ),
)
"""All systems that feedback is packed for."""


def packer_for(system: str) -> Packer:
    """Return the packer for a system.

    Raises
    ------
    UsageError
        There is none.
    """
    for packer in PACKERS:
        if packer.name == system:
            return packer
    names = ", ".join(packer.name for packer in PACKERS)
    raise UsageError(f"no pack for {system!r}; there are {names}")


def packs(pages: Iterable[Page], packer: Packer) -> Iterator[Pack]:
    """Yield the archive of each assignment.

    Parameters
    ----------
    pages
        The feedback on all notebooks of the class.
    packer
        The system.
    """
    by_assignment: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        by_assignment[page.told.result.assignment].append(page)
    for assignment, chosen in sorted(by_assignment.items()):
        yield _pack(assignment, chosen, packer)


def _pack(assignment: str, pages: Sequence[Page], packer: Packer) -> Pack:
    members, left_out = [], []
    placed = [(page, packer.member(page)) for page in pages]
    # Systems ignore the case of names, and look at folders only.
    times = Counter(member.path.casefold() for _, member in placed if member)
    for page, member in placed:
        if member is None:
            left_out.append(f"{page.who}: {packer.unknown}")
        elif times[member.path.casefold()] > 1:
            left_out.append(
                f"{page.who}: others have the same upload, {member.path!r}, and would "
                "get this page too; upload it by hand"
            )
        else:
            members.append(member)
    return Pack(assignment, tuple(members), tuple(left_out))


def archive(members: Iterable[Member]) -> bytes:
    """Return a ZIP archive of files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for member in members:
            text = member.text.encode("utf-8", "backslashreplace")
            opened.writestr(member.path, text)
    return content.getvalue()


def pack(
    classroom: Classroom, course: Course, system: str, database: str | None = None
) -> Packed:
    """Write the feedback pages of a class, and an archive of each assignment's.

    Parameters
    ----------
    classroom
        The class folder. Archives are ``export/feedback-SYSTEM-ASSIGNMENT.zip`` there.
    course
        The course whose assignments were graded.
    system
        The name of a packer.
    database
        SQLAlchemy URL of the gradebook; None takes the class folder's own, if any.

    Raises
    ------
    UsageError
        There is no such packer.
    """
    from datetime import datetime

    from grader.classroom import upload_names
    from grader.classroom.folder import SubmissionKey
    from grader.classroom.roster import Person
    from grader.classroom.students import ClassList
    from grader.files import plain_name, replace_bytes
    from grader.reports import class_feedback

    packer = packer_for(system)
    people = ClassList.read(classroom.root, database=database).people
    stored = upload_names.read(classroom.root)
    now = datetime.now().astimezone()
    written, pages = [], []
    for told in class_feedback.read_feedback(classroom, course, database):
        key = SubmissionKey(told.result.student, told.result.assignment)
        person = people.get(key.student, Person(key.student))
        path = class_feedback.write_told(classroom, told, now)
        recipient = Recipient(person, stored.get(key, ()))
        written.append(path)
        pages.append(Page(told, path.read_text("utf-8"), recipient))
    archives: list[Path] = []
    left_out: list[str] = []
    for made in packs(pages, packer):
        left_out += made.left_out
        if made.members:
            name = f"feedback-{system}-{plain_name(made.assignment)}.zip"
            archives.append(classroom.root / "export" / name)
            replace_bytes(archives[-1], archive(made.members))
    return Packed(written, archives, left_out)


__all__ = [
    "PACKERS",
    "Member",
    "Pack",
    "Packed",
    "Packer",
    "Page",
    "Recipient",
    "archive",
    "pack",
    "packer_for",
    "packs",
]
