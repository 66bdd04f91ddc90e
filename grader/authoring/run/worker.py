"""Run notebooks with papermill in a worker process, one after the other.

The notebooks are the instructor's, so their kernels run without a jail. Each notebook
runs in an empty folder, which is deleted afterwards, and with IPython settings of its
own: no start-up file changes what it does, and no shared history locks it out.
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
from grader.batch.safe_start import SAFE_PATH
from grader.notebooks.cells import NotebookNode, notebook_text, parse_notebook

KERNEL = "python3"
_SAMPLE_SECONDS = 0.25
_MARKER = "papermill-error-cell-tag"

At = tuple[str, int, int, str]
"""How far a notebook is: its name, the worker's process id, the number of its cell from
1 (0 before the first), and that cell's id or what is done beside running cells."""


class Stopped(BaseException):
    """The parent process ends the run.

    Not an Exception, so that no ``except Exception`` catches it.
    """


class _Worker:
    """What this process was given by :func:`start`, for all its notebooks."""

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
        Queue for the progress of each notebook.
    stopping
        Set by the parent when no further notebook may begin.
    environment
        Environment variables for this process and the kernels it starts.
    log
        File that gets the standard error of this process and its kernels appended.
    """
    _Worker.events, _Worker.stopping = events, stopping
    os.environ.update(environment)
    # Only the start of this process needed it. Kernels import as they do in Jupyter.
    os.environ.pop(SAFE_PATH, None)
    with Path(log).open("ab") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    # Ctrl-C reaches all processes of the terminal; only the parent acts on it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    raise Stopped


def execute(job: Job) -> Executed:
    """Run one notebook; see :class:`grader.authoring.run.outcome.Executed`.

    An error in a cell is not raised here: it is an output of the notebook.
    """
    if _Worker.stopping.is_set():
        raise Stopped
    _Worker.events.put((job.name, os.getpid(), 0, "starting the kernel"))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="grader-run-") as folder:
        os.environ["IPYTHONDIR"] = str(Path(folder) / "ipython")
        scratch = Path(folder) / "work"
        scratch.mkdir()
        memory = _Memory()
        with memory.watched():
            ran, broken = _run(job, scratch, memory)
    seconds = time.monotonic() - begun
    _Worker.events.put((job.name, os.getpid(), len(ran.cells), "writing the page"))
    text = notebook_text(ran)
    peak_mb = memory.peak / 2**20
    return Executed(text, _page(ran, job.name), seconds, peak_mb, broken)


class _Progress:
    """A notebook while papermill runs it: its outputs so far, and the current cell."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.notebook = parse_notebook(job.source)
        self.current = Stop(1, "", "")

    def keep(self, node: NotebookNode) -> None:
        """Keep papermill's own copy of the notebook, into which it writes outputs."""
        self.notebook = node

    def reach(self, cell: NotebookNode, cell_index: int) -> None:
        """Note and report which cell begins."""
        numbers = [number for number, _ in numbered(self.notebook.cells)]
        self.current = Stop(numbers[cell_index], cell.id, "")
        _Worker.events.put((self.job.name, os.getpid(), self.current.number, cell.id))


def _run(job: Job, scratch: Path, memory: _Memory) -> tuple[NotebookNode, Stop | None]:
    """Run the notebook with papermill.

    Returns
    -------
    tuple
        The notebook with its outputs, and the cell at which the run itself failed, say
        because the kernel died; None if it went on to its end or to a cell's error.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    _register_engine()
    progress = _Progress(job)
    broken: Stop | None = None
    try:
        papermill.execute_notebook(
            progress.notebook,
            None,
            job.parameters,
            engine_name=_ENGINE,
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=scratch,
            on_copy=progress.keep,
            on_cell_start=progress.reach,
            on_cell_executed=memory.look,
            allow_errors=job.students,
        )
    except PapermillExecutionError:
        pass  # the error is in the notebook, as an output of its cell
    except Exception as error:  # noqa: BLE001 - other notebooks go on
        broken = replace(progress.current, error=f"{type(error).__name__}: {error}")
    return _without_markers(progress.notebook), broken


_ENGINE = "grader"


def _register_engine() -> None:
    """Add an engine to papermill that gives us the notebook while it runs."""
    from papermill.engines import NBClientEngine, papermill_engines

    class OpenEngine(NBClientEngine):  # type: ignore[misc] # papermill has no types
        """Hand the notebook over first, so that a dead kernel loses nothing."""

        @classmethod
        def execute_managed_notebook(
            cls,
            nb_man: Any,
            kernel_name: str,
            on_copy: Callable[[NotebookNode], None] = lambda _: None,
            **options: Any,
        ) -> None:
            on_copy(nb_man.nb)
            super().execute_managed_notebook(nb_man, kernel_name, **options)

    papermill_engines.register(_ENGINE, OpenEngine)


def _without_markers(ran: NotebookNode) -> NotebookNode:
    """Remove the cells that papermill adds at an error, which shift cell numbers."""
    ran.cells = [c for c in ran.cells if _MARKER not in c.metadata.get("tags", [])]
    return ran


def _page(ran: NotebookNode, title: str) -> str:
    from grader.authoring.run.html import notebook_page

    try:
        return notebook_page(ran, title)
    except Exception as error:  # noqa: BLE001 - the run does not fail for lack of a page
        return f"<!doctype html><p>nbconvert cannot show this notebook: {error!r}"


class _Memory:
    """The most memory, in bytes, that the kernel and its children have held."""

    def __init__(self) -> None:
        self.peak = 0.0

    def look(self, **_: object) -> None:
        """Measure now; nbclient calls this at the end of each cell."""
        self.peak = max(self.peak, _memory_below())

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Measure regularly as well, because a cell may hold most in its middle."""
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
    """Return the bytes that the child processes of this one hold, or have held.

    That is the larger of two figures: what all of them hold at this moment, and the
    most that one of them has ever held, which Linux keeps for each process. A process
    that ends while it is measured makes this measurement 0.
    """
    with contextlib.suppress(psutil.Error, OSError):
        this = psutil.Process()
        # A child with our command line is forked and has not started its program yet;
        # its memory is still ours.
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
