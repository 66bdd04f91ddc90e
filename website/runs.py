"""Run notebooks for the site, and keep the executed notebooks.

``grader run`` runs the notebooks, with explorers that work without a kernel. A kept run
is used again as long as its key is the same. The key depends on the notebook, the
parameters, the package ``cnnlab``, the locked packages, Python's version and the data
file.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cnnlab.data import PATH_VARIABLE
from website.places import ROOT

_PACKAGES = ("tensorflow", "keras", "numpy")
_SEEN_BY_NOTEBOOKS = "cnnlab"
_LOCK = "requirements.lock"


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A notebook that must be run for the site.

    Attributes
    ----------
    name : str
        The assignment, such as ``"02_convolutions"``.
    path : Path
        The notebook that is run: a student copy or a solution.
    students : bool
        Whether it is the student copy.
    profile : str
        Set of parameters in the notebook's metadata; empty for the notebook's own.
    """

    name: str
    path: Path
    students: bool
    profile: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """When and how a notebook was run.

    Attributes
    ----------
    date : str
        Day of the run, as ``2026-11-30``.
    profile : str
        The profile; empty for the notebook's own parameters.
    python : str
        Python's version.
    packages : dict of str to str
        Version of each package that decides what the figures show.
    """

    date: str
    profile: str
    python: str
    packages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """An executed notebook: its cells as in its file, and the facts about the run."""

    cells: list[dict[str, Any]]
    about: About


class RunFailedError(RuntimeError):
    """A notebook stopped at an error. The message ends with what the run printed."""


def runs(
    requests: Sequence[RunRequest], store: Path
) -> tuple[dict[RunRequest, Run], int]:
    """Return a run of each notebook: a kept one if there is one, else a new one.

    Parameters
    ----------
    requests
        The notebooks.
    store
        Folder in which runs are kept; older runs of the same notebooks are removed.

    Returns
    -------
    tuple
        The runs, and how many of them are new.

    Raises
    ------
    RunFailedError
        A notebook stopped at an error.
    """
    store.mkdir(parents=True, exist_ok=True)
    places = {
        request: store / f"{_stem(request)}-{key(request)}.json" for request in requests
    }
    missing = [request for request, place in places.items() if not place.exists()]
    for options in sorted({(each.students, each.profile) for each in missing}):
        group = [each for each in missing if (each.students, each.profile) == options]
        for request, text in _executed(group, *options).items():
            _keep(places[request], request, text)
    return {request: _read(place) for request, place in places.items()}, len(missing)


def key(request: RunRequest) -> str:
    """Return a string that differs whenever the outputs of a run could differ."""
    seen = hashlib.sha256(surroundings().encode())
    seen.update(f"{request.students} {request.profile}\n".encode())
    seen.update(request.path.read_bytes())
    return seen.hexdigest()[:16]


@cache
def surroundings() -> str:
    """Return a hash of everything that the outputs of all notebooks depend on."""
    package = ROOT / _SEEN_BY_NOTEBOOKS
    files = sorted(
        path
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    seen = hashlib.sha256(platform.python_version().encode())
    data = os.environ.get(PATH_VARIABLE)
    for path in (*files, ROOT / _LOCK, *([Path(data)] if data else [])):
        seen.update(f"\n{path.name}\n".encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()


def _executed(
    requests: Sequence[RunRequest], students: bool, profile: str
) -> dict[RunRequest, str]:
    """Run notebooks that share their options with ``grader run``."""
    with tempfile.TemporaryDirectory(prefix="site-run-") as folder:
        names = [request.name for request in requests]
        command = [sys.executable, "-m", "grader", "run", *names]
        command += ["--output", folder, "--course", str(ROOT)]
        command += ["--students"] if students else []
        command += ["--profile", profile] if profile else []
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | {"CNNLAB_FIGURES": "live"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RunFailedError(
                f"running {', '.join(names)} failed:\n{done.stdout[-4000:]}"
            )
        return {
            each: (Path(folder) / f"{each.name}.ipynb").read_text("utf-8")
            for each in requests
        }


def _keep(place: Path, request: RunRequest, text: str) -> None:
    about = About(
        date=datetime.now(UTC).date().isoformat(),
        profile=request.profile,
        python=platform.python_version(),
        packages={name: version(name) for name in _PACKAGES},
    )
    for old in place.parent.glob(f"{_stem(request)}-*.json"):
        old.unlink()
    kept = {"about": asdict(about), "cells": json.loads(text)["cells"]}
    # Written under another name first, so that a stopped build leaves no half file.
    half = place.with_suffix(".half")
    half.write_text(json.dumps(kept), "utf-8")
    half.replace(place)


def _read(place: Path) -> Run:
    kept = json.loads(place.read_text("utf-8"))
    return Run(cells=kept["cells"], about=About(**kept["about"]))


def _stem(request: RunRequest) -> str:
    return f"{request.name}-{'copy' if request.students else 'solution'}"


__all__ = [
    "About",
    "Run",
    "RunFailedError",
    "RunRequest",
    "key",
    "runs",
    "surroundings",
]
