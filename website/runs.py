"""Run notebooks for the site, and keep what came out by content.

The notebooks are run as ``grader run`` does, with explorers that live without a kernel.
A kept run is used again as long as its key is the same: the notebook, the parameters,
the package ``cnnlab``, the locked packages, Python's version and the data file.
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
class Wish:
    """A notebook that the site needs with outputs.

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


def runs(wishes: Sequence[Wish], store: Path) -> tuple[dict[Wish, Run], int]:
    """Return each notebook's run: a kept one, or a new one.

    Parameters
    ----------
    wishes
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
    places = {wish: store / f"{_stem(wish)}-{key(wish)}.json" for wish in wishes}
    missing = [wish for wish, place in places.items() if not place.exists()]
    for students, profile in sorted({(w.students, w.profile) for w in missing}):
        group = [w for w in missing if (w.students, w.profile) == (students, profile)]
        for wish, text in _executed(group, students, profile).items():
            _keep(places[wish], wish, text)
    return {wish: _read(place) for wish, place in places.items()}, len(missing)


def key(wish: Wish) -> str:
    """Return a text that differs whenever a run would come out differently."""
    seen = hashlib.sha256(surroundings().encode())
    seen.update(f"{wish.students} {wish.profile}\n".encode())
    seen.update(wish.path.read_bytes())
    return seen.hexdigest()[:16]


@cache
def surroundings() -> str:
    """Return a hash of all that every notebook's outputs depend on."""
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


def _executed(wishes: Sequence[Wish], students: bool, profile: str) -> dict[Wish, str]:
    """Run notebooks that share their options with ``grader run``."""
    with tempfile.TemporaryDirectory(prefix="site-run-") as folder:
        command = [sys.executable, "-m", "grader", "run", *(w.name for w in wishes)]
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
            names = ", ".join(wish.name for wish in wishes)
            raise RunFailedError(f"running {names} failed:\n{done.stdout[-4000:]}")
        return {
            w: (Path(folder) / f"{w.name}.ipynb").read_text("utf-8") for w in wishes
        }


def _keep(place: Path, wish: Wish, text: str) -> None:
    about = About(
        date=datetime.now(UTC).date().isoformat(),
        profile=wish.profile,
        python=platform.python_version(),
        packages={name: version(name) for name in _PACKAGES},
    )
    for old in place.parent.glob(f"{_stem(wish)}-*.json"):
        old.unlink()
    kept = {"about": asdict(about), "cells": json.loads(text)["cells"]}
    # Written under another name first: a stopped build leaves no half of a run.
    half = place.with_suffix(".half")
    half.write_text(json.dumps(kept), "utf-8")
    half.replace(place)


def _read(place: Path) -> Run:
    kept = json.loads(place.read_text("utf-8"))
    return Run(cells=kept["cells"], about=About(**kept["about"]))


def _stem(wish: Wish) -> str:
    return f"{wish.name}-{'copy' if wish.students else 'solution'}"


__all__ = ["About", "Run", "RunFailedError", "Wish", "key", "runs", "surroundings"]
