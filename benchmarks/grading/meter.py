"""Measure what a command and all that it starts use: time, processor time, memory.

Kernels may end as children of a process that never waits for them, so that ``wait``
counts too little. A control group counts everything; where none can be made, these
figures are missing, and the table says so.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TREE = Path("/sys/fs/cgroup")
LOOK_SECONDS = 0.02
# Expected files are looked for in batches of this size.
LOOKED_FOR = 64
# Anonymous memory and files in memory, but not the system's file cache: the names in
# control groups of version 1, then of version 2.
HELD = (("total_rss", "total_shmem"), ("anon", "shmem"))


@dataclass(frozen=True)
class Moment:
    """How many submissions were done, and what had been used until then."""

    done: int
    wall: float
    processor: float


@dataclass
class Use:
    """What a command used.

    Attributes
    ----------
    wall, processor : float
        Seconds; ``processor`` is NaN if it could not be measured.
    memory : float
        The most that its processes held together, in MiB; 0 if it could not be
        measured.
    moments : list of Moment
        One for each time that more submissions were done.
    """

    wall: float = 0.0
    processor: float = float("nan")
    memory: float = 0.0
    moments: list[Moment] = field(default_factory=list)

    def each(self, workers: int) -> tuple[float, float]:
        """Return seconds and processor seconds per submission, without the start.

        Counted from when each worker had done one until the last one was done; NaN
        if no two moments are known.
        """
        late = [m for m in self.moments if m.done >= workers]
        if len(late) < 2:
            return float("nan"), float("nan")
        first, last = late[0], late[-1]
        count = last.done - first.done
        processor = (last.processor - first.processor) / count
        return (last.wall - first.wall) / count, processor


class Appeared:
    """Counts files that appear one after the other, in about the order of `paths`.

    The cost of a look does not grow with their number. Listing a class of 5,000 takes
    a quarter of a second: done fifty times a second it would slow what is measured.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._missing = list(paths)
        self._count = 0

    def __call__(self) -> int:
        """Return how many exist, judged by the first ones that are missing."""
        while near := self._missing[:LOOKED_FOR]:
            missing = [path for path in near if not path.exists()]
            self._missing[:LOOKED_FOR] = missing
            self._count += len(near) - len(missing)
            if missing:
                break
        return self._count


class Group:
    """A control group for one command. Use as a context manager."""

    def __init__(self) -> None:
        self._folders = list(_made())

    def wrapped(self, command: Sequence[str]) -> list[str]:
        """Return a command that enters the group and becomes `command`."""
        puts = "".join(f'echo $$ >"{f}/cgroup.procs"; ' for f in self._folders)
        return ["/bin/sh", "-c", puts + 'exec "$@"', "sh", *command]

    def processor(self) -> float:
        """Return the processor seconds that the group has used."""
        for folder in self._folders:
            if (usage := folder / "cpuacct.usage").exists():
                return int(usage.read_text()) / 1e9
            if (stat := folder / "cpu.stat").exists():
                found = _numbers(stat)
                if "usage_usec" in found:
                    return found["usage_usec"] / 1e6
        return float("nan")

    def memory(self) -> float:
        """Return the memory that the group's processes hold now, in MiB."""
        for folder in self._folders:
            if (stat := folder / "memory.stat").exists():
                found = _numbers(stat)
                for names in HELD:
                    if names[0] in found:
                        return sum(found.get(name, 0) for name in names) / (1 << 20)
        return 0.0

    def __enter__(self) -> Group:
        return self

    def __exit__(self, *_: object) -> None:
        for folder in self._folders:
            for _try in range(50):
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    break
                time.sleep(0.1)


def _numbers(path: Path) -> dict[str, int]:
    words = (line.split() for line in path.read_text().splitlines())
    return {name: int(value) for name, value in words}


def _made() -> Iterator[Path]:
    """Make the group in each hierarchy that counts what we want to know."""
    if (TREE / "cgroup.controllers").exists():
        # Version 2: a group with processes has no groups below it.
        places = [_own("").parent]
    else:
        places = [_own("cpuacct"), _own("memory")]
    for place in places:
        group = place / f"grading-{os.getpid()}-{time.monotonic_ns()}"
        with contextlib.suppress(OSError):
            group.mkdir()
            yield group


def _own(controller: str) -> Path:
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, place = line.split(":", 2)
        if controller in controllers.split(","):
            return TREE / controller / place.lstrip("/")
    return TREE / controller


def measure(
    command: Sequence[object],
    folder: Path,
    environment: Mapping[str, str],
    done: Callable[[], int] = lambda: 0,
) -> Use:
    """Run `command` and measure it.

    Parameters
    ----------
    command
        Its words, each of which is turned into text.
    folder
        Where it runs, and where its output is written to ``said.txt``.
    environment
        All variables that it gets.
    done
        Returns how many submissions are done; called every `LOOK_SECONDS`.

    Returns
    -------
    Use
        What it used, with a moment for each time that `done` returned more.

    Raises
    ------
    SystemExit
        If the command fails; the message has its last output.
    """
    use = Use()
    with Group() as group, (folder / "said.txt").open("a+b") as said:
        begun = time.monotonic()
        process = subprocess.Popen(
            group.wrapped([str(word) for word in command]),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            while process.poll() is None:
                _look(use, group, begun, done())
                time.sleep(LOOK_SECONDS)
        finally:
            process.kill()
            process.wait()
        use.wall = time.monotonic() - begun
        use.processor = group.processor()
        _look(use, group, begun, done())
        if process.returncode:
            said.seek(0)
            text = said.read().decode(errors="replace")[-3000:]
            raise SystemExit(f"{command} ended with {process.returncode}:\n{text}")
    return use


def _look(use: Use, group: Group, begun: float, done: int) -> None:
    use.memory = max(use.memory, group.memory())
    if done > (use.moments[-1].done if use.moments else 0):
        now = time.monotonic() - begun
        use.moments.append(Moment(done, now, group.processor()))
