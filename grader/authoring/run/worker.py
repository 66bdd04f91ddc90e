"""Run one notebook with papermill, in a process of its own.

A worker starts the plain kernel of this environment: the notebooks are the
instructor's. Each runs in an empty folder, which is deleted afterwards, and with its
own IPython settings, so that no start-up file or shared history changes or delays it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import psutil

from grader.authoring.run.errors import numbered
from grader.authoring.run.outcome import Executed, Job, Stop
from grader.notebooks.cells import NotebookNode, notebook_text, parse_notebook

KERNEL = "python3"
_SAMPLE_SECONDS = 0.25
_MARKER = "papermill-error-cell-tag"

At = tuple[str, int, int, str]
"""Where a notebook is: its name, the worker's pid, the cell's number and id."""


class Stopped(BaseException):
    """The parent process ended the run; not an Exception, so that none catches it."""


class _Place:
    """What a worker process keeps as long as it lives."""

    events: SimpleQueue[At]
    stopping: Event


def start(
    events: SimpleQueue[At],
    stopping: Event,
    environment: Mapping[str, str],
    log: str,
) -> None:
    """Prepare a worker process: called in it once, before the first notebook.

    Parameters
    ----------
    events
        Takes where each notebook is.
    stopping
        Is set when no more notebooks are to be run.
    environment
        Environment variables for the kernels.
    log
        File to which what this process and its kernels print is appended.
    """
    _Place.events, _Place.stopping = events, stopping
    os.environ.update(environment)
    with Path(log).open("ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    # Ctrl-C reaches all processes of the terminal; only the parent acts on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    raise Stopped


def execute(job: Job) -> Executed:
    """Run one notebook; see :class:`grader.authoring.run.outcome.Executed`.

    Errors in cells are outputs of the notebook, not exceptions here.
    """
    if _Place.stopping.is_set():
        raise Stopped
    _Place.events.put((job.name, os.getpid(), 0, "starting the kernel"))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="grader-run-") as folder:
        os.environ["IPYTHONDIR"] = str(Path(folder) / "ipython")
        scratch = Path(folder) / "work"
        scratch.mkdir()
        memory = _Memory()
        with memory.watched():
            ran, broken = _run(job, scratch, memory)
    seconds = time.monotonic() - begun
    _Place.events.put((job.name, os.getpid(), len(ran.cells), "writing the page"))
    text = notebook_text(ran)
    peak_mb = memory.peak / 2**20
    return Executed(text, _page(ran, job.name), seconds, peak_mb, broken)


class _Followed:
    """A notebook while papermill runs it: its outputs so far, and the current cell."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.notebook = parse_notebook(job.source)
        self.at = Stop(1, "", "")

    def keep(self, node: NotebookNode) -> None:
        """Keep the notebook that papermill writes outputs into."""
        self.notebook = node

    def reach(self, cell: NotebookNode, cell_index: int) -> None:
        """Note and report which cell begins."""
        numbers = [number for number, _ in numbered(self.notebook.cells)]
        self.at = Stop(numbers[cell_index], cell.id, "")
        _Place.events.put((self.job.name, os.getpid(), self.at.number, cell.id))


def _run(job: Job, scratch: Path, memory: _Memory) -> tuple[NotebookNode, Stop | None]:
    """Let papermill run the notebook; return it with outputs, and what broke it."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    _register_engine()
    followed = _Followed(job)
    broken: Stop | None = None
    try:
        papermill.execute_notebook(
            followed.notebook,
            None,
            job.parameters,
            engine_name=_ENGINE,
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=scratch,
            keep=followed.keep,
            on_cell_start=followed.reach,
            on_cell_executed=memory.look,
            allow_errors=job.students,
        )
    except PapermillExecutionError:
        pass  # the error is in the notebook, as an output of its cell
    except Exception as error:  # noqa: BLE001 - other notebooks go on
        broken = replace(followed.at, error=f"{type(error).__name__}: {error}")
    return _without_markers(followed.notebook), broken


_ENGINE = "grader"


def _register_engine() -> None:
    """Add an engine to papermill that gives us the notebook while it runs."""
    from papermill.engines import NBClientEngine, papermill_engines

    class Kept(NBClientEngine):  # type: ignore[misc] # papermill has no types
        """Pass the notebook on, so that it is there if the kernel dies."""

        @classmethod
        def execute_managed_notebook(
            cls,
            nb_man: Any,
            kernel_name: str,
            keep: Callable[[NotebookNode], None] = lambda _: None,
            **options: Any,
        ) -> None:
            keep(nb_man.nb)
            super().execute_managed_notebook(nb_man, kernel_name, **options)

    papermill_engines.register(_ENGINE, Kept)


def _without_markers(ran: NotebookNode) -> NotebookNode:
    """Remove the cells that papermill adds at an error: they shift the others."""
    ran.cells = [c for c in ran.cells if _MARKER not in c.metadata.get("tags", [])]
    return ran


def _page(ran: NotebookNode, title: str) -> str:
    from grader.authoring.run.html import notebook_page

    try:
        return notebook_page(ran, title)
    except Exception as error:  # noqa: BLE001 - the run does not fail for lack of a page
        return f"<!doctype html><p>nbconvert cannot show this notebook: {error!r}"


class _Memory:
    """Measure the most memory that all processes below this one hold, in bytes."""

    def __init__(self) -> None:
        self.peak = 0.0

    def look(self, **_: object) -> None:
        """Measure now; nbclient calls this at the end of each cell."""
        self.peak = max(self.peak, _memory_below())

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Measure regularly too: a long cell may hold more before it ends."""
        done = threading.Event()

        def watch() -> None:
            while not done.wait(_SAMPLE_SECONDS):
                self.look()

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def _memory_below() -> float:
    """Return bytes held by all processes below this one.

    The kernel's own peak comes from the system and is complete. Of the processes that
    the kernel starts, the sum at this moment counts.
    """
    with contextlib.suppress(psutil.Error, OSError):
        this = psutil.Process()
        # Until it becomes another program, a forked child shares our memory.
        command = this.cmdline()
        below = [p for p in this.children(recursive=True) if p.cmdline() != command]
        held = sum(process.memory_info().rss for process in below)
        return max([held, *map(_peak_of, below)])
    return 0.0


def _peak_of(process: psutil.Process) -> float:
    if not sys.platform.startswith("linux"):
        return 0.0
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    peaks = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return 1024 * float(next(peaks, 0))


__all__ = ["At", "Stopped", "execute", "start"]
