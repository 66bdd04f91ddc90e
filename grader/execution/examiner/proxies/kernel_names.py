"""The names in the student's namespace, and their values."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from grader.errors import WireError
from grader.execution.examiner.proxies.classes import StudentClass
from grader.execution.wire import codec

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student


class KernelNames:
    """The names in the student's namespace.

    Parameters
    ----------
    student
        The kernel.
    hooks
        What decodes values that are not plain data.
    """

    def __init__(self, student: Student, hooks: dict[str, codec.Hook]) -> None:
        self._student = student
        self._hooks = hooks | {"module": self._own_module}
        self._classes: set[type] = set()

    def begin(self) -> None:
        """Begin a test."""
        self._classes.clear()

    def all(self) -> list[str]:
        """Return the names.

        Raises
        ------
        CallError
            If the kernel does not give a valid answer.
        """
        found = self._student.value(self._student.ask("names"))
        if type(found) is not list or any(type(name) is not str for name in found):
            raise self._student.refused("the names of a kernel are malformed")
        return found

    def together(self, name: str, others: Collection[str]) -> dict[str, Any]:
        """Return the value of a name, and of other names that share objects with it.

        Parameters
        ----------
        name
            The name.
        others
            Other names of the student's that the test uses.

        Returns
        -------
        dict of str to Any
            The values by their names.

        Raises
        ------
        KeyError
            If there is no such name.
        CallError
            If the kernel does not give a valid answer.
        """
        answer = self._student.ask("name", name, list(others))
        if answer[0] == "missing":
            raise KeyError(name)
        if answer[0] != "ok":
            self._student.value(answer)
        if len(answer) != 3 or not _are_pairs(answer[2], others):
            raise self._student.refused("the value of a name is malformed")
        trees = [answer[1], *(tree for _, tree in answer[2])]
        values = self._student.values(trees, self._hooks)
        self._classes |= {v for v in values if issubclass(type(v), StudentClass)}
        names = (name, *(each for each, _ in answer[2]))
        return dict(zip(names, values, strict=True))

    def names_class(self, kind: type) -> bool:
        """Say whether a test has named a class, or one above it."""
        return any(each in self._classes for each in type.mro(kind))

    def _own_module(self, name: Any) -> Any:
        """Return the examiner's own copy of a module that the lesson imports.

        Other modules are refused, and none is imported here, so that a student cannot
        choose a module whose code a test then runs.
        """
        if type(name) is not str or name.split(".")[0] not in self._student.modules:
            raise WireError(f"the lesson does not import module {name!r:.60}")
        if name not in sys.modules:
            raise WireError(f"module {name!r:.60} is not loaded in the examiner")
        return sys.modules[name]


def _are_pairs(pairs: Any, names: Collection[str]) -> bool:
    """Say whether these are pairs of one of some names, each once, and a tree."""
    if type(pairs) is not list or any(
        type(pair) is not list or len(pair) != 2 for pair in pairs
    ):
        return False
    found = [name for name, _ in pairs if type(name) is str and name in names]
    return len(found) == len(pairs) == len(set(found))


__all__ = ["KernelNames"]
