"""Read a Dockerfile, and carry it out in a folder, without an engine for containers.

    python -m tests.support.dockerfile build DOCKERFILE FOLDER [NAME=VALUE…]
    python -m tests.support.dockerfile run DOCKERFILE FOLDER [ARGUMENT…]

FOLDER holds a system with Python, such as one that ``debootstrap`` made: the base
image. ``build`` needs root and carries out every instruction after FROM, with the
repository as its context; NAME=VALUE sets a build argument. ``run`` starts the entry
point as the image's user. Both use chroot, so what runs there can do what its user can.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.support.paths import ROOT

_VARIABLE = re.compile(r"\$\{(\w+)(?::\+(.*?))?\}")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Instruction(NamedTuple):
    """One instruction of a Dockerfile, continued lines joined."""

    name: str
    rest: str


def instructions(text: str) -> list[Instruction]:
    """Return the instructions of a Dockerfile."""
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    lines = re.sub(r"\\\n\s*", "", bare).splitlines()
    parts = (line.partition(" ") for line in lines if line)
    return [Instruction(name, rest.strip()) for name, _, rest in parts]


def given(text: str, name: str) -> list[str]:
    """Return the rest of each instruction of that name; there must be one."""
    found = [each.rest for each in instructions(text) if each.name == name]
    assert found, f"no {name}"
    return found


def copied(text: str) -> set[str]:
    """Return what a Dockerfile copies from the repository."""
    return {source for rest in given(text, "COPY") for source in rest.split()[:-1]}


@dataclass
class Image:
    """What instructions have set so far."""

    root: Path
    arguments: dict[str, str] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": PATH})
    folder: str = "/"
    user: str = "0"
    entry: list[str] = field(default_factory=list)

    def follow(self, text: str, *, build: bool) -> None:
        """Carry out a Dockerfile; only what is remembered if `build` is false."""
        for name, rest in instructions(text):
            if name == "ARG":
                key, _, value = rest.partition("=")
                self.arguments.setdefault(key, value.strip('"'))
            elif name == "ENV":
                pairs = (word.partition("=") for word in shlex.split(rest))
                self.environment |= {key: value for key, _, value in pairs}
            elif name in ("WORKDIR", "USER", "ENTRYPOINT"):
                self._remember(name, rest)
            elif build and name in ("COPY", "RUN"):
                print(f"{name} {rest}", flush=True)
                self._copy(rest) if name == "COPY" else self._run(rest)

    def _remember(self, name: str, rest: str) -> None:
        if name == "WORKDIR":
            self.folder = rest
            self._inside(rest).mkdir(parents=True, exist_ok=True)
        elif name == "USER":
            self.user = rest
        else:
            self.entry = json.loads(rest)

    def _inside(self, path: str) -> Path:
        return self.root / str(Path(self.folder, path)).lstrip("/")

    def _copy(self, rest: str) -> None:
        *sources, target = rest.split()
        for source in (ROOT / name for name in sources):
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
                place = self._inside(target)
                shutil.copytree(source, place, ignore=ignored, dirs_exist_ok=True)
            else:
                shutil.copy2(source, self._inside(target))

    def _run(self, command: str) -> None:
        def value(match: re.Match[str]) -> str:
            found = self.arguments.get(match[1], "")
            return found if match[2] is None else (match[2] if found else "")

        # Arguments are in the environment of the shell, which fills in the rest.
        expanded = _VARIABLE.sub(value, command)
        subprocess.run(self.inside(["sh", "-c", expanded]), check=True)

    def inside(self, words: Sequence[str]) -> list[str]:
        """Return a command that runs these words in the image, as its user."""
        user = f"{self.user}:{self.user}"
        settings = [f"{name}={value}" for name, value in self.environment.items()]
        goes = ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", self.folder]
        start = ["chroot", f"--userspec={user}", str(self.root)]
        return [*start, "env", "-i", *settings, *goes, *words]


def main(what: str, dockerfile: str, folder: str, *rest: str) -> None:
    """Build or run; see the module's text."""
    image, text = Image(Path(folder)), Path(dockerfile).read_text("utf-8")
    if what == "build":
        image.arguments |= dict(_pairs(rest))
        image.follow(text, build=True)
        return
    image.follow(text, build=False)
    os.execvp("chroot", image.inside([*image.entry, *rest]))


def _pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, _, value = word.partition("=")
        yield name, value


if __name__ == "__main__":
    main(*sys.argv[1:])
