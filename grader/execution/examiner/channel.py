"""The examiner's end of the call channel: requests to the kernel, checked answers."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Sequence
from typing import Any

from grader.errors import CallError, CallTimeout, CannotAsk, WireError
from grader.execution import deadline, limit_messages
from grader.execution.deadline import Deadline
from grader.execution.wire import messages

# The memory for all answers to one test. The memory of the process is limited, too.
TEST_BYTES = 2 << 30

# Requests that run no student code.
_RUN_NOTHING = ("name", "names", "classes")

Call = Callable[[list[Any]], list[Any]]


def _no_callback(_: list[Any]) -> list[Any]:
    raise WireError("a call of no function of the test")


class Channel:
    """The examiner's end of the call channel: one request, one checked answer.

    Before its answer the kernel may say what was printed, and ask for calls of the
    test's own functions. These may send requests themselves.

    After a timeout or a malformed answer, the two sides are out of step. From then on
    every request raises the same error.

    Parameters
    ----------
    connection
        The socket to the kernel.
    call_seconds
        Time limit of one call, s.
    processes
        The kernel's process ids: limits are extended while these processes wait for a
        processor.

    Attributes
    ----------
    budget : MemoryBudget
        The memory that is left for answers to the present test.
    broken : CallError or None
        The error after which nothing can be sent any more.
    stumbled : str
        What the present test asked first that cannot be asked from outside the jail;
        empty if there was nothing.
    said : list
        The messages about what was printed since the last one was taken.
    callback : callable
        Answers a request for a call of a function of the test.
    calls : int
        How many requests may have run student code.
    loud : bool
        Whether student code wrote to standard error in the present test, unseen by it.
    """

    def __init__(
        self,
        connection: socket.socket,
        call_seconds: float,
        processes: Sequence[int] = (),
    ) -> None:
        self._socket = connection
        self._call_seconds = call_seconds
        self._kernel = tuple(processes)
        self._test = self._call = Deadline(float("inf"))
        self.budget = messages.MemoryBudget(TEST_BYTES)
        self.broken: CallError | None = None
        self.stumbled = ""
        self.loud = False
        self.calls = 0
        self.said: list[Any] = []
        self.callback: Call = _no_callback

    def begin(self, seconds: float) -> None:
        """Begin a test, whose calls may take `seconds` and `TEST_BYTES` together."""
        self._test = Deadline(seconds, *self._kernel, os.getpid())
        self.budget = messages.MemoryBudget(TEST_BYTES)
        self.stumbled = ""
        self.loud = False
        self.said.clear()

    def cannot_ask(self, what: str) -> CannotAsk:
        """Note what cannot be asked, even if the test catches the error; return it.

        Parameters
        ----------
        what
            What the test asked, for the instructor, such as ``"the source of f"``.
        """
        self.stumbled = self.stumbled or what
        return CannotAsk(f"{what} cannot be asked from outside")

    def request(self, *message: Any) -> list[Any]:
        """Send one request and return the answer.

        Parameters
        ----------
        message
            The operation and its operands; see :mod:`grader.execution.inside.calls`.

        Raises
        ------
        CallTimeout
            If the answer is late.
        WireError
            If the answer is malformed.
        CallError
            If the kernel has ended. After each of these errors the channel is broken.
        """
        if self.broken:
            raise self.broken
        self.calls += message[0] not in _RUN_NOTHING
        try:
            return self._exchange(messages.pack(list(message)))
        except CallError as error:
            self.broken = error
            raise
        except BaseException:
            # Such as a time limit of the test's own: the answer may still come.
            self.broken = CallError("a call was left before its answer")
            raise

    def _exchange(self, frame: bytes) -> list[Any]:
        self._call = Deadline(self._call_seconds, *self._kernel)
        self._send(frame)
        while True:
            answer = self._receive()
            if answer[0] == "said":
                self.said.append(answer)
            elif answer[0] == "callback":
                call = self._call
                reply = self.callback(answer)
                self._call = call
                self._send(messages.pack(reply))
            else:
                return answer

    def _receive(self) -> list[Any]:
        try:
            header = self._read(messages.HEADER.size)
            body = self._read(messages.body_length(header))
            answer = messages.unpack(body, self.budget, self.end)
        except TimeoutError:
            raise CallTimeout(limit_messages.CALL_LATE) from None
        except OSError:
            raise CallError(limit_messages.KERNEL_ENDED_IN_CALL) from None
        except MemoryError:
            raise WireError(limit_messages.ANSWER_TOO_LARGE) from None
        if type(answer) is not list or not answer or type(answer[0]) is not str:
            raise WireError("an answer is malformed")
        return answer

    @property
    def end(self) -> float:
        """When the last call and the reading of its answer must be done.

        By the monotonic clock, as far as is known now.
        """
        return min(self._test.end, self._call.end)

    def _send(self, frame: bytes) -> None:
        rest = memoryview(frame)
        try:
            while rest:
                deadline.await_room(self._socket, self._test, self._call)
                with contextlib.suppress(BlockingIOError):
                    rest = rest[self._socket.send(rest, socket.MSG_DONTWAIT) :]
        except TimeoutError:
            raise CallTimeout(limit_messages.CALL_LATE) from None
        except OSError:
            raise CallError(limit_messages.KERNEL_ENDED_IN_CALL) from None

    def _read(self, count: int) -> bytearray:
        parts = bytearray()
        while len(parts) < count:
            deadline.await_data(self._socket, self._test, self._call)
            part = self._socket.recv(min(count - len(parts), 1 << 20))
            if not part:
                raise CallError(limit_messages.KERNEL_ENDED_IN_CALL)
            parts += part
        return parts


__all__ = ["TEST_BYTES", "Channel"]
