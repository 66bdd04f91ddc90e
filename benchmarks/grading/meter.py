"""Measure time, processor time and memory of a command and all its processes.

A kernel may be the child of a process that never waits for it, so that ``wait`` misses
its processor time. A control group counts all processes. If none can be made, processor
time and memory are missing, and the table says so.
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
POLL_SECONDS = 0.02
# So many of the next missing files are looked for at a time.
BATCH = 64
# Anonymous memory and files in memory, without the system's file cache: the names in
# control groups of version 1, then of version 2.
MEMORY_FIELDS = (("total_rss", "total_shmem"), ("anon", "shmem"))


@dataclass(frozen=True)
class Moment:
    """How many submissions were done at a time, and the seconds used until then."""

    done: int
    wall: float
    processor: float


@dataclass
class Usage:
    """Time and memory that a command used.

    Attributes
    ----------
    wall, processor : float
        Seconds; ``processor`` is NaN if it could not be measured.
    memory : float
        Peak memory of all its processes together, in MiB; 0 if it could not be
        measured.
    moments : list of Moment
        One for each time that more submissions were done than before.
    """

    wall: float = 0.0
    processor: float = float("nan")
    memory: float = 0.0
    moments: list[Moment] = field(default_factory=list)

    def per_submission(self, workers: int) -> tuple[float, float]:
        """Return seconds and processor seconds per submission, without the start.

        The time begins when as many submissions are done as there are workers, and
        ends with the last one. NaN if there are fewer than two such moments.
        """
        late = [m for m in self.moments if m.done >= workers]
        if len(late) < 2:
            return float("nan"), float("nan")
        first, last = late[0], late[-1]
        count = last.done - first.done
        processor = (last.processor - first.processor) / count
        return (last.wall - first.wall) / count, processor


class FileCounter:
    """Counts files that appear one after the other, in about the order of `paths`.

    Only the next missing files are looked for. Listing a class of 5,000 takes a quarter
    of a second; fifty times a second, that would slow down what is measured.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        self._missing = list(paths)
        self._count = 0

    def __call__(self) -> int:
        """Return how many files exist, up to the first batch with a missing file."""
        while batch := self._missing[:BATCH]:
            missing = [path for path in batch if not path.exists()]
            self._missing[:BATCH] = missing
            self._count += len(batch) - len(missing)
            if missing:
                break
        return self._count


class ControlGroup:
    """A control group for one command; a context manager that removes it."""

    def __init__(self) -> None:
        self._folders = list(_make_groups())

    def wrapped(self, command: Sequence[str]) -> list[str]:
        """Return a command that enters the group and then runs `command`."""
        enter = "".join(f'echo $$ >"{f}/cgroup.procs"; ' for f in self._folders)
        return ["/bin/sh", "-c", enter + 'exec "$@"', "sh", *command]

    def processor(self) -> float:
        """Return the processor seconds that the group has used."""
        for folder in self._folders:
            if (usage := folder / "cpuacct.usage").exists():
                return int(usage.read_text()) / 1e9
            if (stat := folder / "cpu.stat").exists():
                numbers = _numbers(stat)
                if "usage_usec" in numbers:
                    return numbers["usage_usec"] / 1e6
        return float("nan")

    def memory(self) -> float:
        """Return the memory that the group's processes hold now, in MiB."""
        for folder in self._folders:
            if (stat := folder / "memory.stat").exists():
                numbers = _numbers(stat)
                for names in MEMORY_FIELDS:
                    if names[0] in numbers:
                        return sum(numbers.get(name, 0) for name in names) / (1 << 20)
        return 0.0

    def __enter__(self) -> ControlGroup:
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


def _make_groups() -> Iterator[Path]:
    """Make the group in each hierarchy that counts processor time or memory."""
    if (TREE / "cgroup.controllers").exists():
        # Version 2: a group that holds processes cannot hold other groups.
        parents = [_current_group("").parent]
    else:
        parents = [_current_group("cpuacct"), _current_group("memory")]
    for parent in parents:
        group = parent / f"grading-{os.getpid()}-{time.monotonic_ns()}"
        with contextlib.suppress(OSError):
            group.mkdir()
            yield group


def _current_group(controller: str) -> Path:
    """Return the folder of this process' group in the hierarchy of `controller`."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, group = line.split(":", 2)
        if controller in controllers.split(","):
            return TREE / controller / group.lstrip("/")
    return TREE / controller


def measure(
    command: Sequence[object],
    folder: Path,
    environment: Mapping[str, str],
    done: Callable[[], int] = lambda: 0,
) -> Usage:
    """Run `command` and measure it.

    Parameters
    ----------
    command
        The words of the command, which are converted to text.
    folder
        Folder to run it in. Its output is written to ``output.txt`` there.
    environment
        All its environment variables.
    done
        Returns how many submissions are done; called every `POLL_SECONDS`.

    Returns
    -------
    Usage
        Time and memory, with a moment for each time that `done` returned more.

    Raises
    ------
    SystemExit
        If the command fails; the message ends with the end of its output.
    """
    usage = Usage()
    with ControlGroup() as group, (folder / "output.txt").open("a+b") as output:
        start = time.monotonic()
        process = subprocess.Popen(
            group.wrapped([str(word) for word in command]),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            while process.poll() is None:
                _poll(usage, group, start, done())
                time.sleep(POLL_SECONDS)
        finally:
            process.kill()
            process.wait()
        usage.wall = time.monotonic() - start
        usage.processor = group.processor()
        _poll(usage, group, start, done())
        if process.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")[-3000:]
            raise SystemExit(
                f"{command} ended with status {process.returncode}:\n{text}"
            )
    return usage


def _poll(usage: Usage, group: ControlGroup, start: float, done: int) -> None:
    usage.memory = max(usage.memory, group.memory())
    if done > (usage.moments[-1].done if usage.moments else 0):
        now = time.monotonic() - start
        usage.moments.append(Moment(done, now, group.processor()))
