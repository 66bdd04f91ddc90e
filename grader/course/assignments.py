"""Read all that grading needs about one of the instructor's notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from grader.course import (
    extra_files,
    notebook_settings,
    release,
    skipping,
    student_copies,
)
from grader.course.nbgrader import config, convert
from grader.course.nbgrader.config import Settings
from grader.errors import CourseError
from grader.notebooks.cells import NotebookNode, parse_notebook
from grader.notebooks.questions import titled_tasks_of
from grader.notebooks.source import other_language, parse_source
from grader.records import Assignment

KEPT_COPY = "student copies that grader release --keep keeps"
NBGRADERS_COPY = "the student copies that nbgrader generate_assignment makes"


def in_our_layout(root: Path, name: str, path: Path, *, checked: bool) -> Assignment:
    """Read a notebook of a course with ``solutions/``.

    Parameters
    ----------
    root
        The course.
    name
        The assignment.
    path
        The notebook.
    checked
        Refuse it if its student copy leaks a solution or cannot run.

    Raises
    ------
    CourseError
        The notebook cannot be used.
    """
    text = _read_text(path)
    source = parse_source(text, str(path), regions=True)
    common = _without_copy(root, name, path, text, source)
    return replace(common, released=release.student_copy(text, name, checked=checked))


def in_nbgraders_layout(
    root: Path, settings: Settings, name: str, path: Path, copy: Path
) -> Assignment:
    """Read a notebook of a course made for nbgrader.

    What is wrong with its student copy becomes a warning.

    Parameters
    ----------
    root
        The course.
    settings
        What its ``nbgrader_config.py`` says.
    name
        The assignment.
    path
        The notebook.
    copy
        Where nbgrader puts the notebook's student copy.

    Raises
    ------
    CourseError
        The notebook cannot be used.
    """
    found = convert.grading_source(_read_text(path), path, root, settings)
    source = parse_source(found.text, str(path), regions=False)
    common = _without_copy(root, name, path, found.text, source)
    extra = extra_files.beside(path.parent)
    released, warnings = _nbgraders_copy(settings, name, copy, found.text)
    notebooks = sorted(path.parent.glob("*.ipynb"))
    return replace(
        common,
        released=released,
        imports=_installed(common.imports, extra.copied),
        limits=settings.limits_with(common.limits),
        environment=config.AUTOGRADE | common.environment,
        files=extra.copied,
        bound=extra.bound,
        notebooks=tuple((each.name, each.read_bytes()) for each in notebooks),
        by_hand=found.by_hand,
        faults=found.faults,
        written_for_kernel=True,
        warnings=warnings if common.runs else (),
    )


def _without_copy(
    root: Path, name: str, path: Path, text: str, source: NotebookNode
) -> Assignment:
    """Return what a notebook says in either layout, still without its student copy."""
    skipping.check(source, str(path))
    settings = notebook_settings.settings_of(source, path)
    runs = not other_language(source)
    imports = notebook_settings.preloads(source, settings, path)
    return Assignment(
        name=name,
        notebook=path.stem,
        source=text,
        released="",
        release=release.release_hash(text),
        tasks=titled_tasks_of(source),
        imports=imports if runs else (),
        parameters=notebook_settings.parameters(settings, path),
        limits=notebook_settings.limits(settings, path),
        environment=notebook_settings.environment(settings, path),
        earlier=_earlier(root, name, path.stem),
        runs=runs,
        sandbox=notebook_settings.sandbox(settings, path),
    )


def _nbgraders_copy(
    settings: Settings, name: str, copy: Path, text: str
) -> tuple[str, tuple[str, ...]]:
    """Return the student copy, and what its author should mend in it.

    It is nbgrader's own if it exists, or else ours.
    """
    if copy.is_file():
        return _read_copy(copy, NBGRADERS_COPY), ()
    source = parse_notebook(text)
    language = source.metadata.get("kernelspec", {}).get("language", "python")
    stubs = release.Stubs(settings.code_stub(language), settings.text_stub)
    made = release.student_copy(text, name, stubs=stubs, regions=False, checked=False)
    faults = release.broken_rules(source, parse_notebook(made))
    return made, tuple(f"{name}{fault}" for fault in faults)


def _earlier(root: Path, name: str, stem: str) -> tuple[str, ...]:
    """Return earlier student copies, which ``grader release --keep`` keeps.

    They are in ``releases/ASSIGNMENT/``, or in ``releases/ASSIGNMENT/NOTEBOOK/`` if
    the assignment has several notebooks.
    """
    folder = root / student_copies.KEPT / name
    if (folder / stem).is_dir():
        folder /= stem
    paths = sorted(folder.glob("*.ipynb"), key=lambda path: path.name)
    return tuple(_read_copy(path, KEPT_COPY) for path in paths)


def _installed(
    names: Iterable[str], files: Iterable[tuple[str, bytes]]
) -> tuple[str, ...]:
    """Return the names without those of modules that are files beside the notebook."""
    own = set(map(extra_files.module_of, extra_files.modules(files)))
    return tuple(name for name in names if name.split(".")[0] not in own)


def _read_copy(path: Path, purpose: str) -> str:
    """Read a student copy; raise an error if it is not a notebook."""
    text = _read_text(path)
    try:
        parse_notebook(text)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CourseError(
            f"{path}: not a notebook; this folder is for {purpose}; delete the file, "
            "or replace it by the right one"
        ) from None
    return text


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{path}: cannot be read as UTF-8 text ({error}); "
            "open it in Jupyter and save it again"
        ) from None


__all__ = ["in_nbgraders_layout", "in_our_layout"]
