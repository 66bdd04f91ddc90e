"""The global names of test cells: the student's, and the instructor's."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from grader.execution.examiner.proxies.student import Student

# The file name of the instructor's own functions in tracebacks.
INSTRUCTOR = "<instructor>"


class ExaminerGlobals(dict[str, Any]):
    """The global names of test cells, as the dict in which they run.

    A name is looked up in this order: names that tests have defined; names that the
    solution's answer cells define, which are fetched from the jail; names that the
    instructor's other cells import or define, by running the instructor's text here;
    builtins; and finally all other names of the kernel.

    Parameters
    ----------
    answers
        Names that the solution's answer cells define.
    definitions
        ``{name: source}`` of what the instructor's other cells import or define.

    Attributes
    ----------
    student : Student or None
        The student's kernel; None until one is attached.
    """

    def __init__(self, answers: set[str], definitions: Mapping[str, str]) -> None:
        super().__init__(__name__="__test__")
        self.student: Student | None = None
        self._answers = answers
        self._definitions = definitions
        self._fetched: set[str] = set()

    def __missing__(self, name: str) -> Any:
        if name not in self._answers:
            if name in self._definitions:
                exec(compile(self._definitions[name], INSTRUCTOR, "exec"), self)
                return dict.__getitem__(self, name)
            if hasattr(builtins, name):
                raise KeyError(name)
        if self.student is None:
            raise KeyError(name)
        value = self.student.name(name)
        self._fetched.add(name)
        dict.__setitem__(self, name, value)
        return value

    def forget_students(self) -> None:
        """Forget the student's names, because the next cell may change them."""
        for name in self._fetched | self._answers:
            self.pop(name, None)
        self._fetched.clear()


__all__ = ["INSTRUCTOR", "ExaminerGlobals"]
