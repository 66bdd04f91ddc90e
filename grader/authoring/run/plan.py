"""Decide what to run: notebooks, parameters, CPU or GPU. No notebook is started.

A parameter goes to each notebook that has it. A notebook without the chosen profile
runs with its defaults.
"""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from grader.authoring.run.outcome import Job
from grader.course.course import Course
from grader.errors import CourseError, UsageError
from grader.notebooks.analysis.names import bound_names
from grader.notebooks.cells import NotebookNode, cells_of
from grader.notebooks.source import parse_source, require_python

PROFILES = ("smoke", "full")
Runtime = Literal["cpu", "gpu"]
_GPU_PROBE = (
    "import tensorflow as tf; print(len(tf.config.list_physical_devices('GPU')))"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to run; see ``grader run --help``.

    Attributes
    ----------
    names : sequence of str
        Notebooks; all if empty.
    parameters : mapping of str to str
        Values as on the command line.
    profile : str or None
        Name of the profile whose parameters are taken.
    students : bool
        Run the student copies instead of the solutions.
    """

    names: Sequence[str] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    students: bool = False


def plan(course: Course, wish: Wish) -> tuple[Job, ...]:
    """Decide which notebooks to run, and with which parameters.

    Parameters
    ----------
    course
        The course with the notebooks.
    wish
        What to run.

    Returns
    -------
    tuple of Job
        One for each notebook.

    Raises
    ------
    CourseError
        A notebook is missing or unusable.
    UsageError
        No notebook has a parameter of that name, or a profile of that name.
    """
    names = [Path(name).stem for name in wish.names] or course.assignment_names()
    sources = {name: _read(course.source_path(name)) for name in names}
    parsed = {n: parse_source(t, n, regions=False) for n, t in sources.items()}
    for name, source in parsed.items():
        require_python(source, name)
    legal = {name: legal_parameters(source) for name, source in parsed.items()}
    _check_parameters(wish.parameters, legal)
    _check_profile(wish.profile, parsed.values())
    given = {name: typed(value) for name, value in wish.parameters.items()}
    return tuple(
        _job(course, name, source, wish, given) for name, source in parsed.items()
    )


def _job(
    course: Course,
    name: str,
    source: NotebookNode,
    wish: Wish,
    given: Mapping[str, Any],
) -> Job:
    legal = legal_parameters(source)
    profile = _profile(source, wish.profile, name, legal)
    path = course.copy_path(name) if wish.students else course.source_path(name)
    return Job(
        name=name,
        path=path.relative_to(course.root).as_posix(),
        source=_read(path),
        parameters=profile | {key: given[key] for key in legal if key in given},
        students=wish.students,
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        hint = "make the student copies first: grader release"
        raise CourseError(
            f"{path}: cannot be read ({error.strerror}); {hint}"
        ) from None


def legal_parameters(source: NotebookNode) -> tuple[str, ...]:
    """Return the names that the cell tagged ``parameters`` gives a value."""
    tagged = (c.source for c in cells_of(source) if "parameters" in c.tags)
    return tuple(sorted(bound_names(tagged)))


def typed(value: str) -> bool | int | float | str | None:
    """Convert a value from the command line to the type that papermill gives it.

    Examples
    --------
    >>> [typed(word) for word in ("True", "None", "3", "3.0", "three")]
    [True, None, 3, 3.0, 'three']
    """
    plain = {"True": True, "False": False, "None": None}
    if value in plain:
        return plain[value]
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(value)
    return value


def _check_parameters(
    asked: Iterable[str], legal: Mapping[str, Collection[str]]
) -> None:
    all_names = set().union(*legal.values())
    unknown = [name for name in asked if name not in all_names]
    if unknown:
        lists = "; ".join(
            f"{n}: {', '.join(names) or 'none'}" for n, names in legal.items()
        )
        raise UsageError(
            f"no parameter {', '.join(map(repr, unknown))}; the cells tagged "
            f"'parameters' have {lists}"
        )


def _check_profile(asked: str | None, sources: Iterable[NotebookNode]) -> None:
    names = dict.fromkeys(PROFILES)
    for source in sources:
        names |= dict.fromkeys(_profiles(source))
    if asked is not None and asked not in names:
        raise UsageError(f"no profile {asked!r}; there are {', '.join(names)}")


def _profiles(source: NotebookNode) -> dict[str, Any]:
    settings = source.metadata.get("grader", {})
    profiles = settings.get("profiles", {}) if isinstance(settings, dict) else {}
    return dict(profiles) if isinstance(profiles, dict) else {}


def _profile(
    source: NotebookNode, asked: str | None, name: str, legal: Collection[str]
) -> dict[str, Any]:
    where = f"{name}: metadata.grader.profiles.{asked}"
    values = _profiles(source).get(asked or "", {})
    if not isinstance(values, dict):
        raise CourseError(f"{where} is {values!r}; it must be a mapping")
    unknown = [key for key in values if key not in legal]
    if unknown:
        raise CourseError(
            f"{where}: {', '.join(unknown)} is in no cell tagged 'parameters'; "
            f"there are {', '.join(legal) or 'none'}"
        )
    return dict(values)


def about(wish: Wish, runtime: Runtime | None) -> dict[str, str]:
    """Return the facts about a run that its pages show.

    Parameters
    ----------
    wish
        What is run.
    runtime
        The runtime that was chosen, if any.

    Returns
    -------
    dict
        The value of each fact by its name.
    """
    return {
        "run": datetime.now().astimezone().strftime("%d %B %Y, %H:%M %Z"),
        "what": "student copies" if wish.students else "solutions",
        "profile": wish.profile or "none, each notebook's own values",
        "runtime": runtime.upper() if runtime else "not chosen",
        "Python": platform.python_version(),
    }


# Where to run it --------------------------------------------------------------
def environment(runtime: Runtime | None) -> dict[str, str]:
    """Return the environment variables of kernels for a runtime.

    Raises
    ------
    UsageError
        A GPU is required and TensorFlow sees none.
    """
    # Notebooks that share a GPU must not each take all of its memory.
    shared = {"TF_FORCE_GPU_ALLOW_GROWTH": "true"}
    if runtime == "gpu":
        check_gpu()
    return shared | ({"CUDA_VISIBLE_DEVICES": "-1"} if runtime == "cpu" else {})


def check_gpu() -> None:
    """Ask TensorFlow, in a process of its own, whether it sees a GPU.

    Raises
    ------
    UsageError
        It sees none, or cannot be imported.
    """
    quiet = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    probe = subprocess.run(
        [sys.executable, "-P", "-c", _GPU_PROBE],
        env=quiet,
        capture_output=True,
        text=True,
        check=False,
    )
    if probe.returncode:
        reason = (probe.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UsageError(
            f"--runtime gpu: TensorFlow does not start here ({reason}); "
            "install it: make setup"
        )
    if not int(probe.stdout.split()[-1]):
        raise UsageError(
            "--runtime gpu: TensorFlow sees no GPU here. Try 'nvidia-smi' for the "
            "driver and 'make gpu' for the CUDA libraries, or run with --runtime cpu"
        )


__all__ = [
    "PROFILES",
    "Runtime",
    "Wish",
    "about",
    "check_gpu",
    "environment",
    "legal_parameters",
    "plan",
    "typed",
]
