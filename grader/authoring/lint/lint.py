"""Check source notebooks against the course's rules of structure, length and form.

The rules are pure functions of a :class:`~grader.authoring.lint.finding.Page`. This
module reads the pages and applies every rule to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.authoring.lint import address, anatomy, exercises, form
from grader.authoring.lint.finding import Finding, Page, Rule
from grader.course import release, student_copies
from grader.course.course import Course
from grader.notebooks.cells import cells_of, parse_notebook
from grader.notebooks.source import parse_source

RULES: dict[str, Rule] = form.RULES | anatomy.RULES | exercises.RULES


def lint(course: Course, names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Check source notebooks; return what breaks a rule.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    names
        Notebooks to check; all if empty.

    Raises
    ------
    CourseError
        A notebook cannot be read or released, or pyproject.toml does not say
        where the course is published.
    """
    stems = [Path(name).stem for name in names] or course.assignment_names()
    pages = (read_page(course, stem) for stem in stems)
    return tuple(finding for page in pages for finding in findings(page))


def findings(page: Page) -> Iterator[Finding]:
    """Yield what each rule says of one notebook. Pure."""
    for name, rule in RULES.items():
        for remark in rule(page):
            place = page.place(remark.number)
            yield Finding(page.path, place, name, remark.what, remark.mend)


def read_page(course: Course, name: str) -> Page:
    """Read one source notebook of a course.

    Parameters
    ----------
    course
        The course.
    name
        The notebook's name.

    Returns
    -------
    Page
        The notebook as the rules see it.

    Raises
    ------
    CourseError
        The notebook cannot be read or released.
    """
    path = course.source_path(name)
    text = path.read_text(encoding="utf-8")
    source = parse_source(text, str(path))
    others = map(course.source_path, course.assignment_names())
    return Page(
        path=path.relative_to(course.root).as_posix(),
        raw=json.loads(text),
        settings=source.metadata.get("grader", {}),
        cells=cells_of(source),
        copy=cells_of(parse_notebook(release.student_copy(text, name))),
        target=_target(course, path),
        targets=frozenset(_target(course, other) for other in others),
        address=address.read(course.root),
    )


def _target(course: Course, source: Path) -> str:
    return (
        student_copies.copy_path(course.root, source)
        .relative_to(course.root)
        .as_posix()
    )


__all__ = ["RULES", "findings", "lint", "read_page"]
