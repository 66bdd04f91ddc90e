"""Modules that the instructor has put beside the notebook, for tests to import.

Their text comes from the course, never from a submission: a student's file of the same
name is not seen here.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import PurePosixPath
from types import ModuleType

from grader.execution.examiner.names import INSTRUCTOR
from grader.execution.examiner.text_guard import GUARD


class BesideFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules among given files, before all other places are searched.

    Parameters
    ----------
    files
        The text of each Python file, by its path below the notebook's folder.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._texts: dict[str, str] = {}
        self._packages: set[str] = set()
        for path, text in files.items():
            self._add(PurePosixPath(path), text)

    def _add(self, path: PurePosixPath, text: str) -> None:
        folders = path.parent.parts
        for depth in range(1, len(folders) + 1):
            self._packages.add(".".join(folders[:depth]))
        if path.name == "__init__.py":
            self._texts[".".join(folders)] = text
        else:
            self._texts[".".join((*folders, path.stem))] = text

    def find_spec(
        self,
        fullname: str,
        _path: Sequence[str] | None = None,
        _target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return how a module is loaded; None if it is not one of these."""
        if fullname not in self._texts and fullname not in self._packages:
            return None
        package = fullname in self._packages
        return importlib.util.spec_from_loader(fullname, self, is_package=package)

    def exec_module(self, module: ModuleType) -> None:
        """Run the text of a module."""
        text = self._texts.get(module.__name__, "")
        code = compile(text, INSTRUCTOR, "exec", dont_inherit=True)
        GUARD.learn(code)
        exec(code, vars(module))


def install(files: Mapping[str, str]) -> None:
    """Let tests import these files from now on.

    Parameters
    ----------
    files
        As for :class:`BesideFinder`.
    """
    if files and not any(isinstance(each, BesideFinder) for each in sys.meta_path):
        sys.meta_path.insert(0, BesideFinder(files))


__all__ = ["BesideFinder", "install"]
