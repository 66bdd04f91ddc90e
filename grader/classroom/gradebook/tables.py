"""nbgrader's tables, without its extensions of the Jupyter server.

``import nbgrader`` also imports those extensions, and with them the whole server, which
takes longer than all else that this package needs. Here something stands for each of
them, that imports it when it is used.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_EXTENSIONS = tuple(
    f"nbgrader.server_extensions.{name}"
    for name in ("assignment_list", "course_list", "formgrader", "validate_assignment")
)


class _LaterModule(ModuleType):
    """Stands for a module of which others import functions, and do not call them."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: Any, **named: Any) -> Any:
            module = importlib.import_module(self.__name__)
            return getattr(module, name)(*arguments, **named)

        return call


@contextmanager
def _later(*names: str) -> Iterator[None]:
    """Put off imports of some modules, unless they are imported already."""
    stand_ins = {name: _LaterModule(name) for name in names if name not in sys.modules}
    sys.modules |= stand_ins
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


with _later(*_EXTENSIONS):
    from nbgrader import api
    from nbgrader.dbutil import ALEMBIC_DIR

__all__ = ["ALEMBIC_DIR", "api"]
