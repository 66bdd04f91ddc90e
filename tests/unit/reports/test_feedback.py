"""The feedback page is complete, safe for any student text, and self-contained."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest

from grader.classroom.folder import Classroom
from grader.classroom.timing import Timing
from grader.course import release
from grader.errors import ClassError
from grader.notebooks.cells import parse_notebook, tasks_of
from grader.records import Assignment, Check, Flag, Result, Status
from grader.reports import feedback
from grader.reports.status_words import STATUS_WORDS

WHEN = datetime(2025, 3, 4, 16, 5, tzinfo=UTC)
SECRET = "assert f(31337) == 'hidden'"
HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><iframe src="https://example.org">',
    "{{ 7 * 7 }} {% raw %} &lt;b&gt;",
    "<!-- --><svg onload=alert(1)>",
)


def source() -> str:
    def cell(name: str, text: str, kind: str = "code", **meta: Any) -> dict[str, Any]:
        flags = {"grade": False, "solution": False, "locked": False, "task": False}
        label = flags | meta | {"grade_id": name, "schema_version": 3}
        found: dict[str, Any] = {"cell_type": kind, "id": name, "source": text}
        found["metadata"] = {"nbgrader": label} if meta else {}
        code: dict[str, Any] = {"outputs": [], "execution_count": None}
        return found | (code if kind == "code" else {})

    answer = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
    hidden = f"### BEGIN HIDDEN TESTS\n{SECRET}\n### END HIDDEN TESTS"
    graded: dict[str, Any] = {"grade": True, "locked": True}
    cells = [
        cell("top", "# Windows & kernels", "markdown"),
        cell("p1", "## Exercise 1 · `f` (3 points)", "markdown", locked=True),
        cell("a1", answer, solution=True),
        cell("a1-test", f"assert f(1)\n{hidden}", points=2, **graded),
        cell("a1-more", "assert f(2)", points=1, **graded),
        cell("p2", "## Exercise 2 · Why (4 points)", "markdown", locked=True),
        cell("essay", "", "markdown", grade=True, solution=True, points=4),
    ]
    return json.dumps(
        {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )


LAB = Assignment(
    name="02_lab",
    notebook="02_lab",
    source=source(),
    released=release.student_copy(source(), "02_lab"),
    release=release.release_hash(source()),
    tasks=tasks_of(parse_notebook(source())),
)
CHECKS = (
    Check("a1-test", 4 / 3, 2.0, "partial", "examiner", "Check the last row.", 0.1),
    Check("a1-more", 0.0, 1.0, "failed", "examiner", "Is it transposed?", 0.1),
    Check("essay", 0.0, 4.0, "manual", "none"),
)
RESULT = Result("ada", "02_lab", LAB.release, 424242, "0.1.0", 4 / 3, 7.0, CHECKS)


def page(result: Result = RESULT, assignment: Assignment = LAB) -> str:
    return feedback.page(assignment, result, graded=WHEN)


class Outline(HTMLParser):
    """Tags with attributes' names, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


def visible(html: str) -> str:
    return Outline(re.sub(r"<style>.*?</style>", "", html, flags=re.S)).text


class TestContent:
    def test_total_and_questions(self) -> None:
        text = visible(page())
        assert "1.33 of 7 points" in text
        assert "4 of these points (striped) are graded by a person" in text
        assert re.search(r"Exercise 1 · f ?1\.33 of 3 ?Partly correct", text)
        assert re.search(r"Part 1: Partly correct ?1\.33 of 2 ?Check the last", text)
        assert re.search(r"Part 2: Not yet correct ?0 of 1 ?Is it transposed", text)
        assert re.search(r"Exercise 2 · Why ?– of 4 ?Waiting for a person", text)

    def test_the_head_says_what_whose_and_when(self) -> None:
        when = Timing(datetime.fromisoformat("2025-03-03T23:58:00+01:00"))
        html = feedback.page(LAB, RESULT, graded=WHEN, timing=when)
        text = visible(html)
        assert "Windows & kernels" in text
        assert "For ada" in text
        assert "Submitted 3 March 2025, 23:58 UTC+01:00" in text
        assert "Graded 4 March 2025, 16:05 UTC" in text
        assert "Submitted" not in visible(page())

    def test_late_work_is_told_with_its_penalty(self) -> None:
        due = datetime(2025, 3, 3, 12, tzinfo=UTC)
        late = Timing(due + timedelta(hours=3), due, penalties={"02_lab": 1.0})
        text = visible(feedback.page(LAB, RESULT, graded=WHEN, timing=late))
        assert "Due 3 March 2025, 12:00 UTC Late 3 h 0 min Late penalty 1 point" in text
        assert "1 point is taken off because the notebook was late" in text
        assert "so that 0.33 of 7 points count" in text
        assert "Late" not in visible(page())

    def test_repairs_are_shown_in_full(self) -> None:
        assert "What we repaired" not in visible(page())
        mended = dataclasses.replace(RESULT, repairs=("A locked cell was put back.",))
        text = visible(page(mended))
        assert "What we repaired in your notebook" in text
        assert "A locked cell was put back." in text

    def test_flags_are_mentioned_politely_without_their_text(self) -> None:
        assert "A second look" not in visible(page())
        flagged = dataclasses.replace(
            RESULT, flags=(Flag("code", "patched numpy.testing"),)
        )
        text = visible(page(flagged))
        assert "something in your notebook looked unusual" in text
        assert "patched" not in text

    @pytest.mark.parametrize("kind", ["error", "limit", "unreadable", "witness"])
    def test_what_the_page_explains_elsewhere_is_not_unusual(self, kind: Any) -> None:
        flagged = dataclasses.replace(RESULT, flags=(Flag(kind, "cell a1 …"),))
        assert "A second look" not in visible(page(flagged))

    def test_a_copy_from_an_earlier_release_is_no_repair_and_not_unusual(self) -> None:
        """The instructor has corrected a test; the student has done nothing."""
        older = dataclasses.replace(
            RESULT,
            repairs=("Your notebook comes from an earlier release.",),
            flags=(Flag("release", "from earlier release 012345"),),
        )
        text = visible(page(older))
        assert "The assignment has changed since your copy was made" in text
        assert "Your notebook comes from an earlier release." in text
        assert "repaired" not in text
        assert "A second look" not in text
        both = dataclasses.replace(older, repairs=(*older.repairs, "A cell was moved."))
        assert "What we repaired in your notebook" in visible(page(both))

    @pytest.mark.parametrize("status", get_args(Status))
    def test_each_status_has_its_own_words_and_symbol(self, status: Status) -> None:
        def shape(status: Status) -> str:
            cells = (dataclasses.replace(CHECKS[2], status=status),)
            html = page(dataclasses.replace(RESULT, cells=cells))
            (found,) = re.findall(rf'<dt class="status {status}">(.*?)</dt>', html)
            return re.sub(r'class="[^"]*"', "", str(found))

        others = [shape(other) for other in get_args(Status) if other != status]
        word, meaning = STATUS_WORDS[status]
        assert word in shape(status)
        drawing = re.findall(r"<path[^>]*>", shape(status))
        assert drawing
        assert all(re.findall(r"<path[^>]*>", other) != drawing for other in others)
        assert meaning

    def test_message_shared_by_all_cells_is_shown_once(self) -> None:
        reason = "The file ends in the middle; the upload was cut short."
        cells = tuple(
            Check(c.grade_id, 0.0, c.max_points, "missing", "none", reason)
            for c in CHECKS
        )
        html = page(dataclasses.replace(RESULT, cells=cells, score=0.0))
        assert html.count(reason) == 1
        assert "About the whole notebook" in html

    def test_points_add_up_if_cells_were_added_or_removed(self) -> None:
        stray = Check("gone-test", 5.0, 5.0, "passed", "examiner")
        result = dataclasses.replace(RESULT, cells=(CHECKS[0], stray))
        asked = list(feedback.questions(LAB, result))
        assert [(q.title, q.points, q.max_points, q.status) for q in asked] == [
            ("Exercise 1 · f", 4 / 3, 3.0, "partial"),
            ("Exercise 2 · Why", 0.0, 4.0, "missing"),
            ("gone-test", 5.0, 5.0, "passed"),
        ]

    def test_nothing_graded(self) -> None:
        empty = dataclasses.replace(RESULT, cells=(), score=0.0, max_score=0.0)
        bare = dataclasses.replace(LAB, tasks=())
        assert "0 of 0 points" in visible(page(empty, bare))


class TestSafety:
    def test_page_shows_no_source_hidden_test_or_seed(self) -> None:
        html = page()
        for secret in (SECRET, "31337", "return x", "assert", "HIDDEN", "424242"):
            assert secret not in html

    @pytest.mark.parametrize("text", HOSTILE)
    def test_text_is_never_read_as_html(self, text: str) -> None:
        """The tags are those of a page with harmless text in the same places."""

        def with_text(text: str) -> str:
            checks = tuple(
                dataclasses.replace(c, message=text + c.grade_id) for c in CHECKS
            )
            tasks = tuple(
                dataclasses.replace(t, title=text + t.title) for t in LAB.tasks
            )
            result = dataclasses.replace(
                RESULT,
                student=text,
                assignment=text,
                release=text[:12],
                grader=text,
                cells=checks,
                repairs=(text,),
                flags=(Flag("code", text),),
            )
            return page(result, dataclasses.replace(LAB, tasks=tasks, name=text))

        hostile, harmless = Outline(with_text(text)), Outline(with_text("kind"))
        assert hostile.tags == harmless.tags
        assert hostile.text.count(re.sub(r"\s+", " ", text)) >= 6

    def test_unprintable_text(self) -> None:
        text = "\x1b[31mred\x1b[0m \x00\x08\x9b \u202eabc \ud800\tend\nnext"
        cells = (dataclasses.replace(CHECKS[0], message=text), *CHECKS[1:])
        html = page(dataclasses.replace(RESULT, cells=cells))
        html.encode()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", html)
        assert "red \ufffd\ufffd\ufffd \ufffdabc \ufffd\tend\nnext" in html

    def test_very_long_message_is_shortened(self) -> None:
        cells = (dataclasses.replace(CHECKS[0], message="x" * 10**6), *CHECKS[1:])
        html = page(dataclasses.replace(RESULT, cells=cells))
        assert len(html) < 50_000
        assert "(shortened)" in html

    def test_page_is_self_contained(self) -> None:
        """No script, no inline style, nothing to load, and a policy that agrees."""
        html = page(
            dataclasses.replace(RESULT, repairs=("r",), flags=(Flag("code", "f"),))
        )
        outline = Outline(html)
        names = {tag for tag, _ in outline.tags}
        assert not names & {"script", "link", "img", "iframe", "object", "a", "form"}
        attributes = {name for _, attrs in outline.tags for name in attrs}
        assert not {a for a in attributes if a.startswith("on")}
        assert not attributes & {"src", "href", "style", "srcset", "action"}
        assert not re.search(r"@import|https?:|url\((?!#)", html)

    def test_policy_allows_only_our_style(self) -> None:
        html = page()
        policy = re.search(r'Security-Policy" content="([^"]*)"', html)
        style = re.search(r"<style>(.*?)</style>", html, flags=re.S)
        assert policy
        assert style
        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'")
        assert policy[1].startswith("default-src 'none';")
        assert html.index("Security-Policy") < html.index("<style>")


class TestColours:
    @pytest.mark.parametrize("mode", ["light", "dark", "print"])
    def test_contrast(self, mode: str) -> None:
        """WCAG 2.2 AA: text has a contrast of at least 4.5."""
        css = re.search(r"<style>(.*?)</style>", page(), flags=re.S)
        assert css
        blocks = re.findall(r":root \{(.*?)\}", css[1], flags=re.S)
        block = dict(zip(["light", "dark", "print"], blocks, strict=True))[mode]
        colours = dict(re.findall(r"--(\w+): (#\w{6});", block))
        inks = ("ink", "soft", "good", "half", "bad", "wait", "none")
        for ink in inks:
            for ground in ("paper", "card"):
                assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        line = [
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        ]
        return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class TestWrite:
    @pytest.fixture
    def room(self, tmp_path: Path) -> Classroom:
        (tmp_path / "submitted").mkdir()
        return Classroom.open(tmp_path)

    def test_path_of_the_page(self, room: Classroom) -> None:
        path = feedback.write(room, LAB, RESULT, page())
        assert path == room.root / "feedback" / "ada" / "02_lab" / "02_lab.html"
        assert path.read_text(encoding="utf-8") == page()
        assert [p.name for p in path.parent.iterdir()] == ["02_lab.html"]

    def test_name_that_leads_out_of_the_class_folder(self, room: Classroom) -> None:
        result = dataclasses.replace(RESULT, student="../..")
        with pytest.raises(ClassError, match="cannot name"):
            feedback.write(room, LAB, result, page(result))
