"""The grader's side of an examiner: start it, ask it, bound its time, end it."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from grader.errors import CallTimeout, ExaminerError
from grader.execution import limit_messages
from grader.execution.deadline import Deadline, await_data
from grader.execution.examiner import process
from grader.execution.examiner.compiled import file_of, packed
from grader.execution.examiner.outcomes import from_wire
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.protocol import entry_point
from grader.execution.wire import messages
from grader.records import Ended, Outcome

ENTRY = entry_point(process.main)

# Beyond a test's limit, which the examiner keeps itself unless it hangs in C code.
GRACE_SECONDS = 1.5
START_SECONDS = 30.0


class Examiner:
    """One examiner process. Use as a context manager.

    Parameters
    ----------
    source
        The fork server to fork.
    answers
        Names that the solution's answer cells define: always the student's.
    definitions
        ``{name: source}`` of what the instructor's other cells import or define.
    modules
        Top-level modules that the lesson imports.
    call_seconds
        Limit of one call into student code.
    """

    def __init__(
        self,
        source: ForkServer,
        answers: Collection[str],
        definitions: Mapping[str, str],
        modules: Collection[str],
        call_seconds: float,
    ) -> None:
        self._source = source
        self._begin = {
            "answers": sorted(answers),
            "definitions": dict(definitions),
            "modules": sorted(modules),
            "call_seconds": call_seconds,
        }
        self._control: socket.socket | None = None
        self._pidfd = -1
        self._own: tuple[int, ...] = ()
        self._kernel: tuple[int, ...] = ()
        self._attaching: Future[None] | None = None

    def attach(self, call: socket.socket, processes: Sequence[int] = ()) -> None:
        """Call the student's code in another kernel from now on.

        An examiner is started, if there is none, and told of the kernel while that
        runs its first cells: the next request waits for it, and raises what went
        wrong.

        Parameters
        ----------
        call
            The channel to the kernel.
        processes
            The kernel's process ids: time limits are extended while these processes
            wait for a processor.
        """
        self._finish_attaching()
        self._kernel = tuple(processes)
        done: Future[None] = Future()
        self._attaching = done
        # The kernel may be gone, and its socket closed, before this one is sent.
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
        """Wait for it; raise what went wrong."""
        attaching, self._attaching = self._attaching, None
        if attaching is not None:
            attaching.result()

    def forget(self) -> None:
        """Clear what tests have bound, in the same process if there is one.

        For many answers of the instructor's own: a new process would have to make
        TensorFlow ready once more. A submission gets a process of its own.
        """
        self._finish_attaching()
        if self._control is not None:
            self._ask({"begin": self._begin}, Deadline(START_SECONDS))

    def test(self, grade_id: str, source: str, seed: int, seconds: float) -> Outcome:
        """Run a test cell; return its outcome.

        A test that does not end is ended: its outcome is a time-out. What took the
        examiner down came from student code: the outcome is a crash. Both leave no
        examiner; a later request starts another, without a kernel attached.

        Parameters
        ----------
        grade_id, source
            Of the cell.
        seed
            Of the run: what the cell draws depends on it and on `grade_id` only.
        seconds
            The limit of the test; its calls of student code have one of their own.

        Raises
        ------
        ExaminerError
            If no examiner could be started, or told of the kernel.
        """
        self._finish_attaching()
        request = {
            "source": source,
            "code": packed(source, file_of(grade_id)),
            "grade_id": grade_id,
            "seed": seed,
            "seconds": seconds,
        }
        try:
            return from_wire(self._ask({"test": request}, self._deadline(seconds)))
        except CallTimeout:
            return self._ended("timeout", limit_messages.TEST_LATE)
        except ExaminerError as error:
            return self._ended("crashed", str(error))

    def _deadline(self, seconds: float) -> Deadline:
        """Return when a test of so many seconds is ended from out here."""
        self._started()
        return Deadline(seconds + GRACE_SECONDS, *self._own, *self._kernel)

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
        # Only a test that ran off leaves a request half taken, and it has an end.
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
                self._pidfd = self._source.fork(ENTRY, {}, [theirs.fileno()])
                self._control = ours
                unused.pop_all()
            self._own = ()
            with contextlib.suppress(ProcessLookupError):  # noticed by who asks it
                self._own = (forks.process_id(self._pidfd),)
            self._ask({"begin": self._begin}, Deadline(START_SECONDS))
        return self._control

    def close(self) -> None:
        """End the process. A later request starts a fresh one."""
        with contextlib.suppress(Exception):
            self._finish_attaching()
        self._end()

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
            forks.kill(self._pidfd)
            os.close(self._pidfd)

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self.close()


def _read(control: socket.socket, count: int, deadline: Deadline) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        await_data(control, deadline)
        part = control.recv(count - len(parts))
        if not part:
            raise EOFError("its socket was closed")
        parts += part
    return bytes(parts)
