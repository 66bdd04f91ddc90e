"""Read the settings in an ``nbgrader_config.py`` that affect grades. Pure.

nbgrader runs the file. Here it is only read, and only plain values are understood, such
as ``c.IncludeHeaderFooter.header = "source/header.ipynb"``. If a setting that affects
grades is computed, the file is refused, because grades could differ from nbgrader's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import NoneType
from typing import Any

from grader.errors import CourseError
from grader.execution.limits import Limits
from grader.notebooks import syntax

NAME = "nbgrader_config.py"
_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
_TEXT_STUB = "YOUR ANSWER HERE"
#: What nbgrader sets in the environment of a notebook that it grades, or checks.
AUTOGRADE = {"NBGRADER_EXECUTION": "autograde"}
VALIDATE = {"NBGRADER_EXECUTION": "validate", "NBGRADER_VALIDATING": "1"}
#: nbgrader's own limit for a cell, s: ``Execute.timeout``.
CELL_SECONDS = 30.0
# nbgrader has no limit for a submission. Ours leaves time for so many slow cells.
_SLOW_CELLS = 10
_STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"
#: The settings that are read, and the types of their values.
READ: dict[str, type | tuple[type, ...]] = {
    "ClearHiddenTests.begin_test_delimeter": str,
    "ClearHiddenTests.end_test_delimeter": str,
    "ClearMarkScheme.begin_mark_scheme_delimeter": str,
    "ClearMarkScheme.end_mark_scheme_delimeter": str,
    "ClearSolutions.begin_solution_delimeter": str,
    "ClearSolutions.code_stub": (dict, str),
    "ClearSolutions.end_solution_delimeter": str,
    "ClearSolutions.text_stub": str,
    "CourseDirectory.directory_structure": str,
    "CourseDirectory.release_directory": str,
    "CourseDirectory.source_directory": str,
    "Execute.timeout": (int, float, NoneType),
    "ExecutePreprocessor.timeout": (int, float, NoneType),
    "IncludeHeaderFooter.footer": str,
    "IncludeHeaderFooter.header": str,
    "InstantiateTests.autotest_delimiter": str,
    "InstantiateTests.autotest_filename": str,
    "InstantiateTests.hashed_delimiter": str,
    "InstantiateTests.use_salt": bool,
}
_MARKERS = {
    "ClearSolutions.begin_solution_delimeter": "BEGIN SOLUTION",
    "ClearSolutions.end_solution_delimeter": "END SOLUTION",
    "ClearHiddenTests.begin_test_delimeter": "BEGIN HIDDEN TESTS",
    "ClearHiddenTests.end_test_delimeter": "END HIDDEN TESTS",
    "ClearMarkScheme.begin_mark_scheme_delimeter": "BEGIN MARK SCHEME",
    "ClearMarkScheme.end_mark_scheme_delimeter": "END MARK SCHEME",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a course, with nbgrader's defaults.

    Attributes
    ----------
    given : mapping
        The settings of :data:`READ` that the course sets.
    """

    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The folder of the instructor's notebooks, relative to the course's."""
        return str(self.given.get("CourseDirectory.source_directory", "source"))

    @property
    def release(self) -> str:
        """The folder of nbgrader's student copies, relative to the course's."""
        return str(self.given.get("CourseDirectory.release_directory", "release"))

    @property
    def around(self) -> tuple[str, str]:
        """The paths of the header and the footer notebook, "" for none."""
        header = self.given.get("IncludeHeaderFooter.header", "")
        return str(header), str(self.given.get("IncludeHeaderFooter.footer", ""))

    def code_stub(self, language: str = "python") -> str:
        """Return what replaces a solution in a code cell of a language."""
        stub = self.given.get("ClearSolutions.code_stub", _STUB)
        return str(stub.get(language, _STUB) if isinstance(stub, dict) else stub)

    @property
    def text_stub(self) -> str:
        """What replaces a written answer."""
        return str(self.given.get("ClearSolutions.text_stub", _TEXT_STUB))

    @property
    def markers(self) -> dict[str, str]:
        """The markers that the course renames, each with nbgrader's usual one."""
        usual_of = {
            self.given.get(name, usual): usual for name, usual in _MARKERS.items()
        }
        return {marker: usual for marker, usual in usual_of.items() if marker != usual}

    @property
    def autotest(self) -> dict[str, Any]:
        """The options of nbgrader's InstantiateTests."""
        prefix = "InstantiateTests."
        return {
            name.removeprefix(prefix): value
            for name, value in self.given.items()
            if name.startswith(prefix)
        }

    @property
    def limits(self) -> dict[str, float]:
        """The limits of grading: a cell, and so a call, has the time of nbgrader's.

        None, and a time that is not above zero, mean no limit to nbgrader. Then only
        the limit of the whole submission counts.
        """
        names = ("Execute.timeout", "ExecutePreprocessor.timeout")
        times = [self.given[name] for name in names if name in self.given]
        cell = times[0] if times else CELL_SECONDS
        whole = Limits().total_seconds
        if cell is None or cell <= 0:
            return dict.fromkeys(("cell_seconds", "call_seconds"), whole)
        return {
            "cell_seconds": float(cell),
            "call_seconds": float(cell),
            "total_seconds": max(whole, float(cell) * _SLOW_CELLS),
        }

    def limits_with(self, own: Mapping[str, float]) -> dict[str, float]:
        """Return the limits of a notebook that sets some itself.

        Parameters
        ----------
        own
            Those that the notebook sets. A call may take as long as a cell, unless they
            say otherwise.
        """
        limits = self.limits | dict(own)
        return limits | {"call_seconds": limits["cell_seconds"]} | dict(own)


def read(text: str, where: str) -> Settings:
    """Read the text of an ``nbgrader_config.py``.

    Parameters
    ----------
    text
        The text of the file.
    where
        The path of the file, for messages.

    Raises
    ------
    CourseError
        It is not Python, a setting of :data:`READ` is not a plain value of its type, or
        the course has another directory structure than nbgrader's.

    Examples
    --------
    >>> read('c.CourseDirectory.source_directory = "src"', "the config").source
    'src'
    """
    try:
        tree = syntax.parse(text)
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{where}: not valid Python ({error}); correct it") from None
    given: dict[str, Any] = {}
    for name, statement in _assigned(tree):
        simple = isinstance(statement, ast.Assign) and not _sets_items(statement)
        plain = simple and statement in tree.body
        value = _literal(statement.value) if plain else _COMPUTED
        if not isinstance(value, READ[name]):
            raise CourseError(_not_plain(where, statement, name))
        given[name] = value
    structure = given.get("CourseDirectory.directory_structure", _STRUCTURE)
    if structure != _STRUCTURE:
        raise CourseError(
            f"{where}: CourseDirectory.directory_structure is {structure!r}; only "
            f"{_STRUCTURE!r} is supported"
        )
    return Settings(given)


# Stands for a value that the file computes. None cannot: a setting may be None.
_COMPUTED = object()
_Assigns = ast.Assign | ast.AugAssign | ast.AnnAssign


def _assigned(tree: ast.Module) -> Iterator[tuple[str, _Assigns]]:
    """Yield each statement that assigns a setting of :data:`READ`."""
    for node in ast.walk(tree):
        if isinstance(node, _Assigns):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if (name := _setting(target)) in READ:
                    yield name, node


def _sets_items(statement: ast.Assign) -> bool:
    return any(isinstance(target, ast.Subscript) for target in statement.targets)


def _setting(target: ast.expr) -> str:
    """Return ``Class.trait`` of ``c.Class.trait`` or an item of it, "" otherwise."""
    while isinstance(target, ast.Subscript):
        target = target.value
    words = ast.unparse(target).split(".")
    return ".".join(words[1:]) if words[0] == "c" else ""


def _literal(value: ast.expr | None) -> Any:
    """Return a plain value, or :data:`_COMPUTED` for anything else."""
    try:
        return _COMPUTED if value is None else ast.literal_eval(value)
    except ValueError:
        return _COMPUTED


def _not_plain(where: str, statement: _Assigns, name: str) -> str:
    kinds = READ[name]
    types = kinds if isinstance(kinds, tuple) else (kinds,)
    names = " or ".join("None" if kind is NoneType else kind.__name__ for kind in types)
    return (
        f"{where}, line {statement.lineno}: {ast.unparse(statement)}: this setting "
        f"affects grades, and the file is read, not run; write a plain {names}: "
        f"c.{name} = …"
    )


__all__ = ["NAME", "READ", "Settings", "read"]
