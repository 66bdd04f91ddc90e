"""Hold the source notebooks to the course's anatomy, budgets and form.

The rules are pure functions of a :class:`~grader.authoring.lint.finding.Page`; here
they are gathered, and what they look at is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.authoring.lint import address, anatomy, form
from grader.authoring.lint.finding import Finding, Page, Rule
from grader.course import release
from grader.course.course import Course
from grader.notebooks.cells import parse_notebook
from grader.notebooks.source import parse_source

RULES: dict[str, Rule] = form.RULES | anatomy.RULES


def lint(course: Course, names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Look at source notebooks; return what is to be mended.

    Parameters
    ----------
    course
        The course, laid out as ours.
    names
        Notebooks to look at; all if empty.

    Raises
    ------
    CourseError
        A notebook cannot be read or released, or pyproject.toml does not say
        where the course is published.
    """
    wanted = [Path(name).stem for name in names] or course.assignment_names()
    return tuple(finding for name in wanted for finding in findings(page(course, name)))


def findings(seen: Page) -> Iterator[Finding]:
    """Yield what each rule says of one notebook. Pure."""
    for name, rule in RULES.items():
        for number, what, mend in rule(seen):
            yield Finding(seen.path, seen.place(number), name, what, mend)


def page(course: Course, name: str) -> Page:
    """Read one notebook of a course."""
    path = course.source_path(name)
    text = path.read_text(encoding="utf-8")
    others = map(course.source_path, course.assignment_names())
    return Page(
        path=path.relative_to(course.root).as_posix(),
        source=parse_source(text, str(path)),
        raw=json.loads(text),
        copy=parse_notebook(release.student_copy(text, name)),
        target=_target(course, path),
        targets=frozenset(_target(course, other) for other in others),
        address=address.read(course.root),
    )


def _target(course: Course, source: Path) -> str:
    return release.copy_path(course.root, source).relative_to(course.root).as_posix()


__all__ = ["RULES", "findings", "lint", "page"]
