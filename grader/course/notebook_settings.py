"""Read what the author of a notebook has set in its metadata, ``metadata.grader``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from grader.course.imported import importable, imports
from grader.errors import CourseError
from grader.execution.limits import MINIMUMS, Limits, Sandbox
from grader.notebooks.cells import NotebookNode

_PROFILE = "smoke"
# A course may demand a level of jails, but not that there is no jail.
SANDBOXES = tuple(level for level in get_args(Sandbox) if level != "none")
LEGAL_LIMITS = {limit.name for limit in fields(Limits)}


def settings_of(source: NotebookNode, path: Path) -> dict[str, Any]:
    """Return ``metadata.grader`` of a notebook; empty if there is none."""
    return dict(_mapping(source.metadata.get("grader", {}), path, "metadata.grader"))


def parameters(settings: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the parameters that grading sets, of ``metadata.grader.profiles``."""
    profiles = _mapping(settings.get("profiles", {}), path, "metadata.grader.profiles")
    where = f"metadata.grader.profiles.{_PROFILE}"
    parameters = dict(_mapping(profiles.get(_PROFILE, {}), path, where))
    bad = [name for name in parameters if not name.isidentifier()]
    _refuse(bad, path, where, "names must be Python names")
    plain = bool | int | float | str | None
    bad = [name for name, value in parameters.items() if not isinstance(value, plain)]
    _refuse(bad, path, where, "values must be numbers, strings, true, false or null")
    return parameters


def limits(settings: dict[str, Any], path: Path) -> dict[str, float]:
    """Return the limits that differ from the defaults, by name."""
    where = "metadata.grader.limits"
    limits = dict(_mapping(settings.get("limits", {}), path, where))
    bad = sorted(limits.keys() - LEGAL_LIMITS)
    _refuse(bad, path, where, f"the limits are {', '.join(sorted(LEGAL_LIMITS))}")
    for name, value in limits.items():
        least = MINIMUMS.get(name, 0)
        if not _positive(value) or value < least:
            legal = f"of at least {least}" if least else "above 0"
            raise CourseError(
                f"{path}: {where}.{name} is {value!r}; it must be a number {legal}; "
                f"its default is {getattr(Limits(), name)}"
            )
    return {name: float(value) for name, value in limits.items()}


def environment(settings: dict[str, Any], path: Path) -> dict[str, str]:
    """Return the environment variables that the kernel gets."""
    where = "metadata.grader.environment"
    environment = dict(_mapping(settings.get("environment", {}), path, where))
    bad = [name for name, value in environment.items() if not isinstance(value, str)]
    _refuse(bad, path, where, "values must be strings")
    return environment


def sandbox(settings: dict[str, Any], path: Path) -> str:
    """Return the weakest level of jails that may be used; ``auto`` for any."""
    level = settings.get("sandbox", SANDBOXES[0])
    if level not in SANDBOXES:
        raise CourseError(
            f"{path}: metadata.grader.sandbox is {level!r}; it must be one of "
            f"{', '.join(SANDBOXES)}"
        )
    return str(level)


def preloads(
    source: NotebookNode, settings: dict[str, Any], path: Path
) -> tuple[str, ...]:
    """Return the modules to import before a kernel starts.

    These are the modules that cells import, and those of ``metadata.grader.preload``:
    modules that the course's own package imports only when they are used.
    """
    where = "metadata.grader.preload"
    extra = settings.get("preload", [])
    if not isinstance(extra, list) or not all(isinstance(n, str) for n in extra):
        raise CourseError(
            f"{path}: {where} is {extra!r}; it must be a list of module names"
        )
    return tuple(dict.fromkeys((*imports(source), *filter(importable, extra))))


def _mapping(value: Any, path: Path, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CourseError(
            f"{path}: {what} is {value!r}; it must be a mapping; "
            "set it in the notebook's metadata"
        )
    return value


def _positive(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and value > 0


def _refuse(bad: Iterable[str], path: Path, where: str, legal: str) -> None:
    """Raise an error if there are bad names; `legal` says what is legal."""
    names = ", ".join(map(repr, bad))
    if names:
        raise CourseError(f"{path}: {where}: {names} cannot be used; {legal}")


__all__ = [
    "LEGAL_LIMITS",
    "environment",
    "limits",
    "parameters",
    "preloads",
    "sandbox",
    "settings_of",
]
