"""The global names of test cells: the student's, and the instructor's."""

from __future__ import annotations

import builtins
import types
from collections.abc import (
    Collection,
    ItemsView,
    Iterator,
    KeysView,
    Mapping,
    ValuesView,
)
from typing import Any

from grader.execution.examiner.proxies.student import Student
from grader.execution.examiner.text_guard import GUARD

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
    shared
        Names that answers use: if a test binds one of them, student code sees it.

    Attributes
    ----------
    shared : frozenset of str
        As above.
    student : Student or None
        The student's kernel; None until one is attached.
    """

    def __init__(
        self,
        answers: set[str],
        definitions: Mapping[str, str],
        shared: Collection[str] = (),
    ) -> None:
        # In a notebook `__name__` is "__main__". Only tests that were written to run in
        # a notebook's kernel get this name.
        super().__init__(__name__="__main__" if shared else "__test__")
        self.shared = frozenset(shared)
        self._used: frozenset[str] = frozenset()
        self.student: Student | None = None
        self._answers = answers
        self._definitions = definitions
        self._fetched: set[str] = set()
        self._deleted: set[str] = set()
        # Values that were fetched together, and the number of calls made until then.
        self._alike: tuple[dict[str, Any], int] = {}, 0

    def begin(self, used: Collection[str]) -> None:
        """Begin a test.

        Parameters
        ----------
        used
            The names that it uses.
        """
        if self.student is not None:
            self.student.bindings.begin(self.shared)
        self._used = frozenset(used) & self._answers
        self._alike = {}, 0

    def __missing__(self, name: str) -> Any:
        if name in self._deleted:
            raise KeyError(name)
        if name not in self._answers:
            if name in self._definitions:
                self._define(self._definitions[name])
                return dict.__getitem__(self, name)
            if hasattr(builtins, name):
                raise KeyError(name)
        if self.student is None:
            raise KeyError(name)
        found = self._with_alike(name)
        self._fetched.add(name)
        dict.__setitem__(self, name, found[name])
        return found[name]

    def _define(self, source: str) -> None:
        """Run what the instructor's other cells say; the kernel has run it, too."""
        code = compile(source, INSTRUCTOR, "exec", dont_inherit=True)
        GUARD.learn(code)
        shared, self.shared = self.shared, frozenset()
        try:
            exec(code, self)
        finally:
            self.shared = shared

    def _with_alike(self, name: str) -> dict[str, Any]:
        """Return the student's value of a name, and those that share objects with it.

        Then ``grid[0] is row`` holds in a test if it holds in the kernel.
        """
        assert self.student is not None
        known, calls = self._alike
        if name not in known or calls != self.student.channel.calls:
            others = self._used.difference(self._own())
            known = self.student.names.together(name, [*others])
            self._alike = known, self.student.channel.calls
        return known

    def __setitem__(self, name: str, value: Any) -> None:
        dict.__setitem__(self, name, value)
        self._deleted.discard(name)
        if name in self.shared and self.student is not None:
            self.student.bindings.bind(name, value)

    def __delitem__(self, name: str) -> None:
        if name not in self:
            raise KeyError(name)
        self.pop(name, None)
        self._deleted.add(name)
        if name in self.shared and self.student is not None:
            self.student.bindings.delete(name)

    # --- what dir(), globals() and vars() of a test show ---

    def __contains__(self, name: object) -> bool:
        return dict.__contains__(self, name) or name in self._in_kernel()

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __bool__(self) -> bool:
        # Tracebacks ask this of the globals of each frame.
        return True

    def __len__(self) -> int:
        return len(self.keys())

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        """Return the names of the tests and of the kernel."""
        return dict.fromkeys([*self._own(), *self._in_kernel()]).keys()

    def _own(self) -> list[str]:
        return list(super().keys())

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        """Return the values of all names."""
        return self._all().values()

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        """Return all names with their values."""
        return self._all().items()

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a name; `default` if there is no such name."""
        try:
            return self[name]
        except KeyError:
            return default

    def copy(self) -> dict[str, Any]:
        """Return all names with their values."""
        return self._all()

    def _in_kernel(self) -> list[str]:
        """Return the kernel's names, without those that Python gives to every cell."""
        names = self.student.names.all() if self.student is not None else []
        return [
            name
            for name in names
            if name in self._answers
            or not (hasattr(builtins, name) or name.startswith("__"))
        ]

    def _all(self) -> dict[str, Any]:
        return {name: self[name] for name in list(self.keys())}

    def forget_students(self) -> None:
        """Forget the student's names, because the next cell may change them."""
        for name in self._fetched | self._answers:
            self.pop(name, None)
        self._fetched.clear()
        self._deleted.clear()


def _names_of(module: MainModule) -> ExaminerGlobals:
    found: ExaminerGlobals = object.__getattribute__(module, "_grader_names")
    return found


class MainModule(types.ModuleType):
    """The module ``__main__`` of tests: its names are those of the test cells.

    Parameters
    ----------
    names
        The global names of test cells.
    """

    def __init__(self, names: ExaminerGlobals) -> None:
        super().__init__("__main__")
        object.__setattr__(self, "_grader_names", names)

    def __getattribute__(self, name: str) -> Any:
        names = _names_of(self)
        if name == "__dict__":
            return names
        try:
            return names[name]
        except KeyError:
            return types.ModuleType.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        _names_of(self)[name] = value

    def __delattr__(self, name: str) -> None:
        try:
            del _names_of(self)[name]
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self) -> list[str]:
        return list(_names_of(self))


__all__ = ["INSTRUCTOR", "ExaminerGlobals", "MainModule"]
