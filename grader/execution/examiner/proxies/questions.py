"""Make functions such as ``inspect.getsource`` ask in the jail about a proxy.

They read files, or parts of objects that only their own process has.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator
from typing import Any

from grader.execution.examiner.proxies.objects import handle_of

_QUESTIONS = {
    "inspect": "getsource getsourcelines getsourcefile getfile getdoc getcomments",
    "dis": "get_instructions",
    "dataclasses": "asdict astuple fields is_dataclass replace",
}


def install() -> None:
    """Make these functions ask in the jail if their first argument is a proxy."""
    for module, name, function in _asking_functions():
        setattr(importlib.import_module(module), name, function)


def _asking_functions() -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Yield each module and name, and the function that takes its place."""
    for module, names in _QUESTIONS.items():
        table = importlib.import_module(module)
        for name in names.split():
            yield module, name, _asking(getattr(table, name), module, name)


@functools.cache
def _asking(original: Callable[..., Any], module: str, name: str) -> Callable[..., Any]:
    @functools.wraps(original)
    def asked(*args: Any, **kwargs: Any) -> Any:
        handle = handle_of(args[0]) if args else None
        if handle is None:
            return original(*args, **kwargs)
        return handle.student.call_library(module, name, args, kwargs)

    return asked


# They are made when this is imported, so once for all examiners of a fork server.
_READY = tuple(_asking_functions())

__all__ = ["install"]
