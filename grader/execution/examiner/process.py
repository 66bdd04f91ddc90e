"""The examiner process: one per submission, a fork of a fork server.

It holds the test cells and answers requests of the grader on its control
socket, one frame each way::

    {"begin": {"answers": […], "definitions": {…}, "modules": […], "call_seconds": s}}
    {"attach": [pid, …]}   a kernel's processes, with its call channel's descriptor
    {"test": {"source": …, "code": …, "grade_id": …, "seed": n, "seconds": s}}

The answer to a test is an :class:`~grader.records.Outcome`. A score is made from it
in :mod:`grader.grading.scoring`; nothing that student code prints or returns is
believed to be one.
"""

from __future__ import annotations

import ast
import hashlib
import os
import random
import resource
import socket
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from grader.errors import CallError, CallTimeout
from grader.execution.examiner.channel import Channel
from grader.execution.examiner.compiled import compiled, file_of, unpacked
from grader.execution.examiner.names import INSTRUCTOR, Names
from grader.execution.examiner.outcomes import to_wire
from grader.execution.examiner.proxies import Student
from grader.execution.wire import messages
from grader.records import Outcome

HIDDEN_BEGIN = "BEGIN HIDDEN TESTS"
HIDDEN_END = "END HIDDEN TESTS"
MEMORY_BYTES = 4 << 30
MESSAGE_CHARS = 600


def main(_: Mapping[str, Any], fds: Sequence[int]) -> None:
    """Entry point of the fork: serve requests on ``fds[0]`` until it is closed."""
    control = socket.socket(fileno=fds[0])
    held = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    limit = held + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    _silence()
    session = Session()
    while frame := receive(control):
        request, received = frame
        answer = session.serve(request, received)
        control.sendall(messages.pack(answer))


def receive(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Return the next request and its descriptors; None once nobody asks."""
    header, fds, _, _ = socket.recv_fds(control, messages.HEADER.size, 1)
    if not header:
        return None
    with control.makefile("rb", buffering=0) as stream:
        left = messages.body_length(header)
        parts = bytearray()
        while left and (part := stream.read(left)):
            parts += part
            left -= len(part)
    return messages.unpack(bytes(parts)), list(fds)


def _silence() -> None:
    """Send what tests print nowhere: it may hold hidden values."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)


class Session:
    """The tests of one submission."""

    def __init__(self) -> None:
        self._names = Names(set(), {})
        self._settings: dict[str, Any] = {}

    def serve(self, request: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        if "begin" in request:
            self._settings = request["begin"]
            answers = set(self._settings["answers"])
            self._names = Names(answers, self._settings["definitions"])
        elif "attach" in request:
            connection = socket.socket(fileno=fds[0])
            seconds, processes = self._settings["call_seconds"], request["attach"]
            channel = Channel(connection, seconds, processes)
            self._names.student = Student(channel, self._settings["modules"])
        elif "test" in request:
            return to_wire(self._test(**request["test"]))
        return {}

    def _test(
        self, source: str, code: bytes, grade_id: str, seed: int, seconds: float
    ) -> Outcome:
        _seed(f"{seed}/{grade_id}")
        student = self._names.student
        if student is not None:
            student.channel.begin(seconds)
        outcome = run_cell(source, file_of(grade_id), self._names, code)
        if student is not None:
            outcome = _believed(outcome, student.channel.broken)
        self._names.forget_students()
        return outcome


def _seed(text: str) -> None:
    """Make what the next cell draws depend on the run's seed and the cell only."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    os.environ["GRADER_SEED"] = str(seed)
    random.seed(seed)
    np.random.seed(seed)
    if "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)


def _believed(outcome: Outcome, broken: CallError | None) -> Outcome:
    """Return the outcome of a cell: one whose calls broke down has not passed."""
    if broken is None:
        return outcome
    if isinstance(broken, CallTimeout):
        return replace(outcome, ended="timeout", message=str(broken))
    return replace(outcome, ended="crashed", message=str(broken))


# --- one cell ---------------------------------------------------------------------


def run_cell(
    source: str, filename: str, names: dict[str, Any], code: bytes = b""
) -> Outcome:
    """Run a test cell.

    Parameters
    ----------
    source
        Of the cell.
    filename
        What its lines are called in tracebacks.
    names
        The global names of test cells.
    code
        The cell compiled, see :mod:`grader.execution.examiner.compiled`.
    """
    try:
        parts = unpacked(code) if code else compiled(source, filename)
        value = _execute(*parts, names)
    except BaseException as error:
        return _failure(error, source, filename)
    return Outcome("passed", value)


def _execute(
    body: CodeType, last: CodeType | None, names: dict[str, Any]
) -> float | None:
    exec(body, names)
    return None if last is None else _number(eval(last, names))


def _number(value: Any) -> float | None:
    """Return partial credit as nbgrader reads it: a number, but no truth value."""
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, int | float | np.integer | np.floating):
        return float(value)
    return None


def _failure(error: BaseException, source: str, filename: str) -> Outcome:
    lines = _lines(error, filename)
    hidden = not lines or lines[-1] in hidden_lines(source)
    failed = isinstance(error, AssertionError) and not _by_student(error)
    try:
        told = messages.text(_told(error, source, filename, hidden))
    except Exception:
        told = "a test failed, and its message could not be made"
    return Outcome(
        "failed" if failed else "error", message=told[:MESSAGE_CHARS], hidden=hidden
    )


def _by_student(error: BaseException) -> bool:
    return hasattr(error, "student_type")


def _lines(error: BaseException, *filenames: str) -> list[int]:
    """Return the lines of these files that `error` came through, outermost first."""
    frames = traceback.walk_tb(error.__traceback__)
    return [n for frame, n in frames if frame.f_code.co_filename in filenames]


def hidden_lines(source: str) -> set[int]:
    """Return the numbers of the lines that the student copy does not have."""
    hidden: set[int] = set()
    inside = False
    for number, line in enumerate(source.splitlines(), start=1):
        inside = inside or HIDDEN_BEGIN in line
        if inside:
            hidden.add(number)
        inside = inside and HIDDEN_END not in line
    return hidden


def _told(error: BaseException, source: str, filename: str, hidden: bool) -> str:
    """Return what the student may read: never hidden source, values, tracebacks."""
    if _by_student(error):
        kind = error.student_type  # type: ignore[attr-defined]
        return f"your code raised {kind} when a test called it"
    if isinstance(error, CallError):
        return "your code gave a test something that cannot be read"
    failed = isinstance(error, AssertionError)
    if failed and (message := _own_message(error, source, filename)):
        return message
    if hidden:
        reason = f"could not go on: {type(error).__name__}"
        return f"a hidden test {'failed' if failed else reason}"
    line = source.splitlines()[_lines(error, filename)[-1] - 1].strip()
    return f"{type(error).__name__} at the visible test: {line}"


def _own_message(error: BaseException, source: str, filename: str) -> str:
    """Return what the instructor wrote for this failure; empty if nothing.

    The text that a library makes, as NumPy does, shows values: of it only a
    message is told that the cell hands over as ``err_msg="…"``.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    if frames and frames[-1][0].f_code.co_filename in (filename, INSTRUCTOR):
        return str(error.args[0]) if error.args else ""
    calls = [c for c in ast.walk(ast.parse(source)) if isinstance(c, ast.Call)]
    lines = _lines(error, filename)
    return next(filter(None, (_err_msg(c) for c in calls if _spans(c, lines))), "")


def _spans(call: ast.Call, lines: list[int]) -> bool:
    return any(call.lineno <= line <= (call.end_lineno or 0) for line in lines)


def _err_msg(call: ast.Call) -> str:
    for keyword in call.keywords:
        if keyword.arg == "err_msg" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return ""
