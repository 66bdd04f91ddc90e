"""The grader's side of an examiner: start it, send it tests, limit its time, end it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import MappingProxyType
from typing import Any

from grader.errors import CallTimeout, ExaminerError, JailError
from grader.execution import limit_messages
from grader.execution.deadline import Deadline, await_data
from grader.execution.examiner.compiled import file_of, packed
from grader.execution.examiner.outcomes import from_wire
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.wire import messages
from grader.notebooks.analysis.names import used_names
from grader.records import Ended, Outcome

#: What the fork runs. By name: its module imports NumPy, and the grader never does.
ENTRY = "grader.execution.examiner.process:main"

# In addition to a test's limit. The examiner keeps that limit itself, unless it hangs
# in C code.
GRACE_SECONDS = 1.5
START_SECONDS = 30.0


class Examiner:
    """One examiner process. Use as a context manager.

    Parameters
    ----------
    fork_server
        The fork server to fork.
    answers
        Names that the solution's answer cells define. Tests always get the student's.
    definitions
        ``{name: source}`` of what the instructor's other cells import or define.
    modules
        Top-level modules that the lesson imports.
    call_seconds
        Time limit of one call into student code, s.
    environment
        Environment variables that the kernel has, too.
    """

    def __init__(
        self,
        fork_server: ForkServer,
        answers: Collection[str],
        definitions: Mapping[str, str],
        modules: Collection[str],
        call_seconds: float,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._fork_server = fork_server
        self._begin: dict[str, Any] = {
            "answers": sorted(answers),
            "definitions": dict(definitions),
            "modules": sorted(modules),
            "call_seconds": call_seconds,
            "environment": dict(environment),
            "beside": {},
            "shared": [],
            "folder": "/",
        }
        self._control: socket.socket | None = None
        self._pidfd = -1
        self._folder: Path | None = None
        self._processes: tuple[int, ...] = ()
        self._kernel_processes: tuple[int, ...] = ()
        self._attaching: Future[None] | None = None

    def offer(self, beside: Mapping[str, str]) -> None:
        """Let tests import files of the instructor's. Call this before the first test.

        Parameters
        ----------
        beside
            The texts of Python files, by their paths beside the notebook.
        """
        self._begin["beside"] = dict(beside)

    def share(self, names: Collection[str]) -> None:
        """Let student code see names that a test binds. Call before the first test.

        Parameters
        ----------
        names
            The names that answers use: only these are shared, while a test runs.
        """
        self._begin["shared"] = sorted(names)

    def attach(self, call: socket.socket, processes: Sequence[int] = ()) -> None:
        """Use another kernel for calls of student code from now on.

        A thread starts an examiner, if there is none, and sends it the kernel's
        channel, while the kernel runs its first cells. The next request waits for that
        thread, and raises its error if it failed.

        Parameters
        ----------
        call
            The examiner's end of the call channel to the kernel.
        processes
            The kernel's process ids: time limits are extended while these processes
            wait for a processor.
        """
        self._finish_attaching()
        self._kernel_processes = tuple(processes)
        done: Future[None] = Future()
        self._attaching = done
        # A copy: the kernel may end, and its socket be closed, before this is sent.
        descriptor = os.dup(call.fileno())
        threading.Thread(
            target=self._attach, args=(descriptor, list(processes), done), daemon=True
        ).start()

    def _attach(
        self, descriptor: int, processes: list[int], done: Future[None]
    ) -> None:
        try:
            request = {"attach": processes}
            self._ask(request, Deadline(START_SECONDS), descriptor)
        except BaseException as error:
            done.set_exception(error)
        else:
            done.set_result(None)
        finally:
            os.close(descriptor)

    def _finish_attaching(self) -> None:
        """Wait until the kernel is attached; raise the error if that failed."""
        attaching, self._attaching = self._attaching, None
        if attaching is not None:
            attaching.result()

    def forget(self) -> None:
        """Clear the names that tests have bound; keep the process if there is one.

        For trying many answers that the instructor wrote: in a new process TensorFlow
        would have to initialise again. Each submission gets a process of its own.
        """
        self._finish_attaching()
        if self._control is not None:
            _empty(Path(self._begin["folder"]))
            self._ask({"begin": self._begin}, Deadline(START_SECONDS))

    def test(self, grade_id: str, source: str, seed: int, seconds: float) -> Outcome:
        """Run a test cell; return its outcome.

        A test that does not end is stopped, and its outcome is a timeout. If the
        examiner ends, something that student code returned has caused it, and the
        outcome is a crash. In both cases no examiner is left: the next request starts
        another one, without a kernel attached.

        Parameters
        ----------
        grade_id, source
            Of the cell.
        seed
            Of the run. The random numbers of the cell depend on this and on `grade_id`
            only.
        seconds
            Time limit of the test. Its calls of student code have a limit of their own.

        Raises
        ------
        ExaminerError
            If no examiner could be started, or the kernel could not be attached.
        """
        self._finish_attaching()
        request = {
            "source": source,
            "code": packed(source, file_of(grade_id)),
            "grade_id": grade_id,
            "seed": seed,
            "seconds": seconds,
            "used": sorted(used_names(source)) if self._begin["shared"] else [],
        }
        try:
            return from_wire(self._ask({"test": request}, self._deadline(seconds)))
        except CallTimeout:
            return self._ended("timeout", limit_messages.TEST_LATE)
        except ExaminerError as error:
            return self._ended("crashed", str(error))

    def _deadline(self, seconds: float) -> Deadline:
        """Return when a test with this limit is stopped by ending the examiner."""
        self._started()
        processes = (*self._processes, *self._kernel_processes)
        return Deadline(seconds + GRACE_SECONDS, *processes)

    def _ended(self, ended: Ended, message: str) -> Outcome:
        self.close()
        return Outcome(ended, message=message, hidden=True)

    def _ask(self, request: Any, deadline: Deadline, *fds: int) -> dict[str, Any]:
        control = self._started()
        try:
            return self._exchange(control, request, deadline, fds)
        except TimeoutError:
            self._end()
            raise CallTimeout("the examiner did not answer in time") from None
        except (OSError, EOFError) as error:
            self._end()
            raise ExaminerError(f"the examiner ended unexpectedly: {error}") from None

    def _exchange(
        self,
        control: socket.socket,
        request: Any,
        deadline: Deadline,
        fds: Collection[int],
    ) -> dict[str, Any]:
        # Sending blocks only if the examiner still runs an earlier test.
        control.settimeout(START_SECONDS)
        frame = messages.pack(request)
        # Descriptors travel with the header; the rest follows as plain bytes.
        socket.send_fds(control, [frame[: messages.HEADER.size]], list(fds))
        control.sendall(frame[messages.HEADER.size :])
        header = _read(control, messages.HEADER.size, deadline)
        body = _read(control, messages.body_length(header), deadline)
        answer: dict[str, Any] = messages.unpack(body)
        return answer

    def _started(self) -> socket.socket:
        if self._control is None:
            ours, theirs = socket.socketpair()
            with contextlib.ExitStack() as unused, theirs:
                unused.enter_context(ours)
                self._folder = self._new_folder()
                self._begin["folder"] = str(self._folder)
                self._pidfd = self._fork_server.fork(ENTRY, {}, [theirs.fileno()])
                self._control = ours
                unused.pop_all()
            self._processes = ()
            # If it has ended already, the request below will fail.
            with contextlib.suppress(ProcessLookupError):
                self._processes = (forks.process_id(self._pidfd),)
            self._ask({"begin": self._begin}, Deadline(START_SECONDS))
        return self._control

    def _new_folder(self) -> Path:
        """Make the folder in which the tests run, and in which they may write files.

        The fork server removes it, too, if this process is killed.
        """
        try:
            return Path(tempfile.mkdtemp(prefix="tests-", dir=self._fork_server.folder))
        except OSError as error:
            raise JailError(f"no folder can be made for the tests: {error}") from None

    def close(self) -> None:
        """End the process. A later request starts a new one."""
        with contextlib.suppress(Exception):
            self._finish_attaching()
        self._end()

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
            forks.kill(self._pidfd)
            os.close(self._pidfd)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.close()


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _read(control: socket.socket, count: int, deadline: Deadline) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        await_data(control, deadline)
        part = control.recv(count - len(parts))
        if not part:
            raise EOFError("its socket was closed")
        parts += part
    return bytes(parts)
