"""What the client and the server of a fork server agree on. Pure.

The fork server imports none of the grader's modules by itself. Its starter passes a
:class:`Preparation`, and each request for a fork names the function that the fork runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MESSAGE_BYTES = 1 << 20
MAX_FDS = 32
READY = b"ready\n"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a fork server does before its first fork.

    Attributes
    ----------
    entries : tuple of str
        The functions that forks run, as :func:`entry_point` names them. Their modules
        are imported before the first fork: a fork in a jail cannot see their files.
    build : str
        Name of a function without parameters that is called once everything is
        imported; empty for none.
    """

    entries: tuple[str, ...] = ()
    build: str = ""


def entry_point(function: Callable[..., Any]) -> str:
    """Return the name by which a fork server finds a function of a module.

    Examples
    --------
    >>> import json
    >>> entry_point(json.loads)
    'json:loads'
    """
    return f"{function.__module__}:{function.__qualname__}"


def module_of(entry: str) -> str:
    """Return the module of an entry point."""
    return entry.partition(":")[0]


__all__ = [
    "MAX_FDS",
    "MESSAGE_BYTES",
    "READY",
    "Preparation",
    "entry_point",
    "module_of",
]
