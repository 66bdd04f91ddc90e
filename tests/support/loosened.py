"""Jails without namespaces that lack one restriction, and so must not start."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn
from unittest import mock

from grader.execution.fork_server.protocol import entry_point
from grader.execution.jail import confine, enter, landlock, refused_calls, seccomp
from grader.execution.jail.landlock import Rules
from grader.execution.jail.spare_users import SpareUser

_restrict, _program = landlock.restrict, refused_calls.program


def _restrict_with(change: Callable[[Rules], Rules]) -> Any:
    return mock.patch.object(
        landlock, "restrict", lambda rules: _restrict(change(rules))
    )


def _open(rights: int, *paths: str) -> Any:
    return _restrict_with(
        lambda rules: replace(
            rules, files={**rules.files, **dict.fromkeys(paths, rights)}
        )
    )


def _without(*names: str) -> Any:
    """Leave some system calls out of the filter."""
    own = refused_calls.without_namespaces

    def program(own_user: bool, landlock: int, process: int) -> bytes | None:
        kept = (r for r in own(own_user, landlock, process) if r.call not in names)
        return seccomp.compiled(kept)

    return mock.patch.object(refused_calls, "program", program)


def _answering(place: Any, name: str, answer: object) -> Any:
    return mock.patch.object(place, name, return_value=answer)


#: What is missing, by its name.
WAYS: dict[str, Callable[[], Any]] = {
    "landlock": lambda: _answering(landlock, "restrict", True),
    "landlock refused": lambda: _answering(landlock, "restrict", False),
    "reading": lambda: _open(landlock.READ, "/"),
    "writing": lambda: _open(landlock.EVERYTHING, "/tmp", "/var", "/home"),
    "processes": lambda: _open(landlock.READ, "/proc"),
    "tcp": lambda: _restrict_with(lambda rules: replace(rules, alone=False)),
    "seccomp": lambda: _answering(seccomp, "install", True),
    "seccomp refused": lambda: _answering(seccomp, "install", False),
    "sockets": lambda: _without("socket"),
    "namespaces": lambda: _without("unshare"),
    "signals to everyone": lambda: _without("kill"),
    "priorities": lambda: _without("setpriority"),
    "user": lambda: _answering(SpareUser, "become", None),
    "capabilities": lambda: _answering(enter, "drop_capabilities", None),
}


SLOWLY = "slowly"


def _slowly() -> Any:
    drop = enter.drop_bounding_set

    def late() -> None:
        time.sleep(1)  # for longer than a warden needs to look several times
        drop()

    return mock.patch.object(enter, "drop_bounding_set", late)


def confine_loosely(payload: Mapping[str, Any], fds: Sequence[int]) -> NoReturn:
    """Entry point of a fork: :func:`confine.confine` without what `payload` names.

    If that is `SLOWLY`, nothing is left out, but the jail takes long to start.
    """
    with (WAYS | {SLOWLY: _slowly})[payload["loosen"]]():
        confine.confine(payload, fds)


ENTRY = entry_point(confine_loosely)


__all__ = ["ENTRY", "SLOWLY", "WAYS", "confine_loosely"]
