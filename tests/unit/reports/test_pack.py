"""Packs of feedback: what Moodle and Canvas make of them, and what is never in them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from grader.classroom.roster import Person
from grader.classroom.timing import Timing
from grader.classroom.upload_names import Upload
from grader.errors import UsageError
from grader.records import Result
from grader.reports import pack
from grader.reports.class_feedback import StudentFeedback
from grader.reports.feedback_notebook import as_notebook
from grader.reports.pack import Pack, Page, Recipient
from tests.support.gradebooks import LAB, result

HOSTILE = (
    "</pre><script>alert(1)</script>\n```\n# heading\n![x](http://x.example)\n````"
)
MOODLE = Upload("x/lab.ipynb", "Moodle", "Ada_King_77_assignsubmission_file_")
FLAT = MOODLE._replace(name="Ada King_77_assignsubmission_file_lab.ipynb")
CANVAS = Upload("c.ipynb", "Canvas", "kingada_LATE_12_34_lab.ipynb")


def told(of: Result) -> StudentFeedback:
    return StudentFeedback(LAB, of, Timing(), {"q1": "SECRET OF THE STUDENT"})


def page(student: str, *uploads: Upload, number: str = "", name: str = "") -> Page:
    person = Person(student, name, "", {"moodle": number} if number else {})
    text = f"page of {student}"
    return Page(told(result(student)), text, Recipient(person, uploads))


def packed(system: str, *pages: Page) -> Pack:
    (made,) = pack.packs(pages, pack.packer_for(system))
    return made


def read_by_moodle(path: str) -> tuple[int, str, str] | None:
    """Read a path as Moodle's import of feedback does: number, plugin, file.

    It splits each part of the path at its first four underscores.
    """
    folders = path.split("/")
    for at, part in enumerate(folders):
        words = part.split("_", 4)
        if len(words) >= 4 and words[1].isdigit():
            inner = "/".join([*words[4:], *folders[at + 1 :]]).lstrip("/")
            return int(words[1]), f"{words[2]}_{words[3]}", inner
    return None


def read_by_canvas(path: str) -> tuple[str, ...]:
    """Return the user and the file that Canvas reads in a name: its first numbers."""
    words = [word for word in path.split("/")[-1].split("_") if word != "LATE"]
    return tuple(word for word in words if re.fullmatch(r"\d+", word))[:2]


class TestMoodle:
    @pytest.mark.parametrize(
        ("uploads", "name", "number"),
        [
            ((MOODLE,), "", ""),
            ((FLAT,), "", ""),
            ((), "Ada_King", "77"),
            ((CANVAS,), "Ada/King_", "77"),
        ],
    )
    def test_moodle_finds_the_student(
        self, uploads: tuple[Upload, ...], name: str, number: str
    ) -> None:
        made = packed("moodle", page("ada", *uploads, number=number, name=name))
        (member,) = made.members
        assert read_by_moodle(member.path) == (77, "assignsubmission_file", "nb.html")
        assert member.text == "page of ada"
        assert made.left_out == ()

    def test_the_number_of_another_assignment_is_not_used(self) -> None:
        """Moodle gives each student another number in each assignment."""
        (member,) = packed("moodle", page("ada", MOODLE, number="5")).members
        assert read_by_moodle(member.path) == (77, "assignsubmission_file", "nb.html")

    def test_somebody_without_a_number_is_left_out(self) -> None:
        made = packed("moodle", page("ada", MOODLE), page("bo"))
        assert len(made.members) == 1
        (line,) = made.left_out
        assert line.startswith("bo (lab): Moodle's number for this submission is not")


class TestCanvas:
    def test_canvas_finds_the_student_and_the_file(self) -> None:
        (member,) = packed("canvas", page("ada", CANVAS)).members
        assert read_by_canvas(member.path) == ("12", "34")
        assert member.path == CANVAS.name
        assert json.loads(member.text)["nbformat"] == 4

    @pytest.mark.parametrize(
        "name", ["kingada_12_34_lab.pdf", "kingada_12_text.html", "kingada_12_34_a.zip"]
    )
    def test_canvas_would_show_a_notebook_under_another_type(self, name: str) -> None:
        made = packed("canvas", page("ada", CANVAS._replace(name=name)))
        assert made.members == ()
        assert (
            "Canvas' name for the submitted notebook is not known" in made.left_out[0]
        )

    def test_each_notebook_of_an_assignment_goes_to_its_own_file(self) -> None:
        other = CANVAS._replace(name="kingada_12_35_nb.ipynb")
        (member,) = packed("canvas", page("ada", CANVAS, other)).members
        assert read_by_canvas(member.path) == ("12", "35")


@pytest.mark.parametrize("system", ["moodle", "canvas"])
def test_who_shares_an_upload_gets_nobody_elses_page(system: str) -> None:
    both = (MOODLE, CANVAS)
    other = (
        Upload("y", "Moodle", "Li_8_assignsubmission_file_"),
        Upload("y", "Canvas", "li_8_9_nb.ipynb"),
    )
    of_lab = [each._replace(name=each.name.replace("lab", "nb")) for each in both]
    pages = [page("ada", *of_lab), page("bo", *of_lab), page("li", *other)]
    made = packed(system, *pages)
    assert len(made.members) == 1
    assert [line.split(" ")[0] for line in made.left_out] == ["ada", "bo"]
    assert all("would get this page too" in line for line in made.left_out)


def test_a_student_cannot_choose_where_the_page_goes() -> None:
    """Only the part of the path that the LMS made up is read."""
    forged = "bo_99_98_nb.ipynb", "Bo_99_assignsubmission_file_"
    for system in ("moodle", "canvas"):
        for name in forged:
            made = packed(system, page("ada", Upload(f"ada/{name}")))
            assert made.members == ()


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(UsageError, match="no pack for 'ilias'; there are moodle, canv"):
        pack.packer_for("ilias")


def test_the_archive_holds_the_files_under_their_names() -> None:
    members = packed("moodle", page("zoe", number="7", name="Zoë Müller")).members
    with zipfile.ZipFile(io.BytesIO(pack.archive(members))) as opened:
        assert opened.namelist() == ["Zoë Müller_7_assignsubmission_file_/nb.html"]
        assert opened.read(opened.namelist()[0]) == b"page of zoe"


class TestNotebook:
    def text(self, **changes: str) -> str:
        first, *others = result("ada", share=0.5).cells
        checks = (replace(first, message=changes.get("message", "no")), *others)
        graded = replace(
            result("ada"),
            student=changes.get("student", "ada"),
            cells=checks,
            repairs=(changes.get("repair", "moved"),),
        )
        (cell,) = json.loads(as_notebook(told(graded)))["cells"]
        assert cell["cell_type"] == "markdown"
        return str(cell["source"])

    def test_it_says_what_the_page_says(self) -> None:
        text = self.text(message="look at the last row", repair="cell 3 was moved")
        assert "look at the last row" in text
        assert "cell 3 was moved" in text
        assert "of these points are given by a person" in text

    def test_it_has_no_hidden_test(self) -> None:
        text = as_notebook(told(result("ada", share=0.0)))
        assert "f(2)" in LAB.source
        assert "f(2)" not in text
        assert "HIDDEN" not in text

    @pytest.mark.parametrize("field", ["message", "repair", "student"])
    def test_text_of_a_student_is_shown_and_never_read(self, field: str) -> None:
        tokens = MarkdownIt("commonmark").parse(self.text(**{field: HOSTILE}))
        every = [
            *tokens,
            *(inner for token in tokens for inner in token.children or ()),
        ]
        kinds = {token.type for token in every}
        assert kinds.isdisjoint({"html_block", "html_inline", "image", "link_open"})
        headings = [token.tag for token in tokens if token.type == "heading_open"]
        assert headings == ["h1", "h2", "h3", "h2"]
        quoted = [token.content for token in tokens if token.type == "fence"]
        assert (f"{HOSTILE}\n" in quoted) is (field != "student")
