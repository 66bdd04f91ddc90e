"""The levels of jails, and which of them this machine really supports.

docs/security.md says what each level promises. A jail of any level checks from inside
that it is tight before student code runs; this module only decides which level to
build. It never chooses a weaker level than was demanded. It chooses to build no jail
only where ``none`` was asked for by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, assert_never

from grader.errors import SandboxError
from grader.execution.jail import confined, host
from grader.execution.limits import Sandbox

Level = Literal["bwrap", "confined"]

#: From the strongest to the weakest.
LEVELS: tuple[Level, ...] = ("bwrap", "confined")


def strongest(least: Sandbox) -> Level | Literal["none"]:
    """Return the strongest level that this machine supports.

    Parameters
    ----------
    least
        The weakest level that is good enough; ``auto`` for any of `LEVELS`. ``none`` is
        returned as it is.

    Raises
    ------
    SandboxError
        If this machine supports none of these levels. The message has the reason for
        each.
    """
    if least == "none":
        return "none"
    obstacles = []
    for level in _good_enough(least):
        if not (obstacle := obstacle_to(level)):
            return level
        obstacles.append(obstacle)
    raise SandboxError("\n".join(obstacles))


def strictest(asked: Sandbox, *demanded: str) -> Sandbox:
    """Return the weakest level that is good enough for each of several demands.

    Parameters
    ----------
    asked
        The level that the person who grades asked for.
    demanded
        The levels that assignments demand: ``auto`` or one of `LEVELS`.

    Raises
    ------
    SandboxError
        If no jail was asked for, and an assignment demands one.
    """
    for level in LEVELS:
        if asked == "none" and level in demanded:
            raise SandboxError(
                f"the course demands a jail of the level {level} or a stronger one "
                "(metadata.grader.sandbox in its notebooks); leave --sandbox none out"
            )
        if level in (asked, *demanded):
            return level
    return asked


def _good_enough(least: Sandbox) -> tuple[Level, ...]:
    if least == "auto":
        return LEVELS
    for count, level in enumerate(LEVELS, start=1):
        if level == least:
            return LEVELS[:count]
    raise SandboxError(
        f"unknown sandbox {least!r}; use auto, {', '.join(LEVELS)} or none"
    )


def obstacle_to(level: Level) -> str:
    """Return why this machine cannot build jails of a level; empty if it can."""
    match level:
        case "bwrap":
            return _reason(host.probe)
        case "confined":
            return _reason(confined.probe)
        case _:
            assert_never(level)


def _reason(probe: Callable[[], None]) -> str:
    try:
        probe()
    except SandboxError as error:
        return str(error)
    return ""


__all__ = ["LEVELS", "Level", "obstacle_to", "strictest", "strongest"]
