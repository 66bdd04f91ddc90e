"""The commands and code blocks of the guides work, in order, in a fresh folder."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import grader
from grader.authoring.new.course import SAMPLE_CLASS, make_course
from tests.support.guides import GuideError, Reader, blocks, says
from tests.support.paths import ROOT

DOCS = ROOT / "docs"
KINDS = ("tutorials", "how-to", "reference", "explanation")
PAGES = {
    path.relative_to(DOCS).as_posix(): path.read_text("utf-8")
    for kind in KINDS
    for path in sorted((DOCS / kind).glob("*.md"))
}
# Only what needs a cluster, a cloud, a container, a browser or a registry is not run.
MOST_NOT_RUN = 20
WORKED = [
    name
    for name, page in PAGES.items()
    if "```" in page and not says(page, "tested by")
]
# Runs in `.ci/run`, too; the others take a minute or two: `make guides`.
ALWAYS = "how-to/regrade.md"
# What a student has: no sources, and no tests.
STUDENTS = ("lessons", "labs", "cnnlab", "pyproject.toml")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what `grader new my-course` makes."""
    folder = tmp_path_factory.mktemp("course") / "my-course"
    make_course(folder)
    return folder


@pytest.fixture(scope="module")
def graded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same with its class graded."""
    place = tmp_path_factory.mktemp("graded") / course.name
    folder = Path(shutil.copytree(course, place))
    classroom = grader.Classroom.open(folder / SAMPLE_CLASS)
    grader.grade(classroom, grader.Course.open(folder), workers=1)
    return folder


@pytest.fixture
def begin(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Path]:
    """Return the fresh folder in which the reader of a page is."""

    def make(name: str) -> Path:
        if name in ("course", "graded"):
            made: Path = request.getfixturevalue(name)
            return Path(shutil.copytree(made, tmp_path / made.name))
        if name == "student":
            for each in STUDENTS:
                source, target = ROOT / each, tmp_path / each
                (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
            (tmp_path / ".venv").symlink_to(sys.prefix)
        else:
            assert name == "", f"no folder of this name: {name}"
        return tmp_path

    return make


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name == ALWAYS else pytest.mark.nightly)
        for name in WORKED
    ],
)
def test_the_page_works(name: str, begin: Callable[[str], Path]) -> None:
    Reader(begin(says(PAGES[name], "starts in"))).follow(PAGES[name])


def test_few_blocks_are_not_run_and_each_says_why() -> None:
    reasons = [
        f"{name}, line {block.line}: {block.value}"
        for name, page in PAGES.items()
        for block in blocks(page)
        if block.kind == "not run"
    ]
    assert len(reasons) <= MOST_NOT_RUN, "\n".join(reasons)
    assert [each for each in reasons if len(each.split()) < 7] == []


@pytest.mark.parametrize("name", PAGES)
def test_another_test_that_is_named_runs_the_page(name: str) -> None:
    named = says(PAGES[name], "tested by")
    if named:
        assert f"{Path(name).name}" in (ROOT / named).read_text("utf-8")


def test_every_page_is_listed() -> None:
    listed = (DOCS / "README.md").read_text("utf-8")
    assert [name for name in PAGES if f"({name})" not in listed] == []


# The reader notices what is wrong -----------------------------------------------------
ONE = "```sh\necho one\n```\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("```sh\nfalse\n```\n", "ended with 1, not 0"),
        ("```sh\nfalse\ntrue\n```\n", "ended with 1, not 0"),
        ("<!-- status: 3 -->\n```sh\ntrue\n```\n", "ended with 0, not 3"),
        ("```python\nraise SystemExit(4)\n```\n", "ended with 4"),
        (f"{ONE}<!-- output -->\n```\ntwo\n```\n", "'two' was not printed"),
        (f"{ONE}<!-- output -->\n```\none\none\n```\n", "or not in this place"),
        ("```toml\na = 1\n```\n", "without a comment"),
        ("<!-- sometime: a -->\n```sh\ntrue\n```\n", "not understood"),
        ("- so:\n\n  ```sh\n  false\n  ```\n", "does not begin its line"),
        ("Type this:\n\n    grader grade\n\nnow.\n", "is indented"),
        ("<!-- cell: a.ipynb x -->\n```python\n1\n```\n", "has no cell x"),
    ],
)
def test_what_does_not_work_is_noticed(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "a.ipynb").write_text('{"cells": []}')
    with pytest.raises(GuideError, match=wrong):
        Reader(tmp_path).follow(text)


def test_a_page_is_followed_in_order(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    reader.follow(
        "<!-- file: in/a.txt -->\n```text\none\n```\n"
        "<!-- more of: in/a.txt -->\n```text\ntwo\n```\n"
        "```sh\ncd in            # stays there\ncat a.txt \\\n    a.txt\n```\n"
        "<!-- output -->\n```\none\nt…\n```\n"
        "<!-- not run: it needs a cluster here -->\n```sh\nfalse\n```\n"
    )
    assert reader.folder == tmp_path / "in"
    assert reader.printed == "one\ntwo\none\ntwo\n"
