"""Read a course's settings: the table ``[tool.grader]`` of its ``pyproject.toml``.

::

    [tool.grader]
    repository = "OWNER/NAME"   # where on GitHub the course is published
    branch = "main"
    package = "cnnlab"          # what its notebooks import; leave it out if nothing
    demo = ["01_sums"]          # what `grader demo` submits; all notebooks by default

All of it is optional for grading. Courses made for nbgrader need no such file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from grader.errors import CourseError

FILE = "pyproject.toml"
TABLE = "tool.grader"


def settings(root: Path) -> dict[str, Any]:
    """Return the table ``[tool.grader]``; an empty one if there is none.

    Parameters
    ----------
    root
        The course folder.

    Raises
    ------
    CourseError
        The file cannot be read, or is not valid TOML.
    """
    path = root / FILE
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{path}: cannot be read as TOML ({error}); correct that line"
        ) from None
    tools = content.get("tool", {})
    table = tools.get("grader", {}) if isinstance(tools, dict) else tools
    if not isinstance(table, dict):
        raise CourseError(f"{path}: {TABLE} is {table!r}; make it a table, [{TABLE}]")
    return table


def demo_assignments(root: Path, existing: Collection[str]) -> tuple[str, ...]:
    """Return the assignments that ``grader demo`` submits: all if none are named.

    Parameters
    ----------
    root
        The course folder.
    existing
        The course's assignments.

    Raises
    ------
    CourseError
        An assignment that the table names does not exist.
    """
    named = settings(root).get("demo", [])
    if not isinstance(named, list) or any(name not in existing for name in named):
        raise CourseError(
            f"{root / FILE}: demo = {named!r} in [{TABLE}] is not a list of "
            f"assignments; there are {', '.join(sorted(existing))}"
        )
    return tuple(named) or tuple(existing)


__all__ = ["FILE", "TABLE", "demo_assignments", "settings"]
