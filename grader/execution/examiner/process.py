"""The examiner process: one per submission, a fork of a fork server.

It runs the test cells, and answers the grader's requests on its control socket, with
one frame for each request::

    {"begin": {"answers": […], "definitions": {…}, "modules": […], "call_seconds": s,
               "environment": {…}, "beside": {…}, "shared": […], "folder": …}}
    {"attach": [pid, …]}   a kernel's processes, with its call channel's descriptor
    {"test": {"source": …, "code": …, "grade_id": …, "seed": n, "seconds": s,
              "used": […]}}

The answer to a test is an :class:`~grader.records.Outcome`, which
:mod:`grader.grading.scoring` turns into points. Nothing that student code prints or
returns is ever taken for an outcome.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import hashlib
import inspect
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

from grader.errors import CallError, CallTimeout, WireError
from grader.execution.examiner import beside, text_guard
from grader.execution.examiner.channel import Channel
from grader.execution.examiner.compiled import compiled, file_of, unpacked
from grader.execution.examiner.names import INSTRUCTOR, ExaminerGlobals, MainModule
from grader.execution.examiner.outcomes import to_wire
from grader.execution.examiner.proxies import questions
from grader.execution.examiner.proxies.levels import LEVELS
from grader.execution.examiner.proxies.student import Student
from grader.execution.examiner.text_guard import GUARD
from grader.execution.wire import messages
from grader.notebooks import magics, syntax
from grader.notebooks.markers import hidden_lines
from grader.records import Outcome

MEMORY_BYTES = 4 << 30
MESSAGE_CHARS = 600
TEXT_CHARS = 200
UNDECIDED = "a test asked of your code what the grader cannot decide from outside"


def main(_: Mapping[str, Any], fds: Sequence[int]) -> None:
    """Entry point of the fork: serve requests until the grader closes the socket.

    Parameters
    ----------
    fds
        The control socket.
    """
    control = socket.socket(fileno=fds[0])
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    limit = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    _silence()
    questions.install()
    text_guard.install()
    LEVELS.install()
    session = ExaminerSession()
    while frame := receive(control):
        request, received = frame
        answer = session.serve(request, received)
        control.sendall(messages.pack(answer))


def receive(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Return the next request and its descriptors; None once the socket is closed."""
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
    """Discard what tests print: it may contain hidden values."""
    null = os.open(os.devnull, os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)


class ExaminerSession:
    """Runs the tests of one submission."""

    def __init__(self) -> None:
        self._names = ExaminerGlobals(set(), {})
        self._settings: dict[str, Any] = {}

    def serve(self, request: dict[str, Any], fds: list[int]) -> dict[str, Any]:
        """Return the answer to a request.

        Parameters
        ----------
        request
            One of those in the docstring of this module.
        fds
            The descriptors that came with it.
        """
        if "begin" in request:
            self._settings = request["begin"]
            os.environ.update(self._settings["environment"])
            os.chdir(self._settings["folder"])
            beside.install(self._settings["beside"])
            answers = set(self._settings["answers"])
            self._names = ExaminerGlobals(
                answers, self._settings["definitions"], self._settings["shared"]
            )
            main = MainModule(self._names)
            sys.modules |= {"__main__": main, "__test__": main}
        elif "attach" in request:
            connection = socket.socket(fileno=fds[0])
            seconds, processes = self._settings["call_seconds"], request["attach"]
            channel = Channel(connection, seconds, processes)
            self._names.student = Student(channel, self._settings["modules"])
            GUARD.refuse = channel.cannot_ask
        elif "test" in request:
            return to_wire(self._test(**request["test"]))
        return {}

    def _test(
        self,
        source: str,
        code: bytes,
        grade_id: str,
        seed: int,
        seconds: float,
        used: Sequence[str],
    ) -> Outcome:
        _seed(f"{seed}/{grade_id}")
        student = self._names.student
        if student is not None:
            student.begin(seconds)
        self._names.begin(used)
        GUARD.running = True
        outcome = run_cell(source, file_of(grade_id), self._names, code)
        GUARD.running = False
        if student is not None:
            with contextlib.suppress(CallError):
                student.end()
            outcome = _checked(outcome, student.channel.broken)
            outcome = _with_stumble(outcome, student.channel)
        self._names.forget_students()
        return outcome


def _seed(text: str) -> None:
    """Make the random numbers of the next cell depend on this text only."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    os.environ["GRADER_SEED"] = str(seed)
    random.seed(seed)
    np.random.seed(seed)
    if "tensorflow" in sys.modules:
        sys.modules["tensorflow"].random.set_seed(seed)


def _checked(outcome: Outcome, broken: CallError | None) -> Outcome:
    """Return the outcome of a cell: not passed if one of its calls was not completed.

    Otherwise a test that catches all errors would pass.
    """
    if broken is None:
        return outcome
    if isinstance(broken, CallTimeout):
        return replace(outcome, ended="timeout", message=str(broken))
    return replace(outcome, ended="crashed", message=str(broken))


def _with_stumble(outcome: Outcome, channel: Channel) -> Outcome:
    """Add what the test could not ask, even if it has caught the error.

    Such a test has not passed here: a person, or the kernel as a second witness, may
    find that it has.
    """
    reason = channel.stumbled or outcome.stumbled
    if not reason and type(channel.broken) is WireError:
        reason = str(channel.broken)
    outcome = replace(outcome, stumbled=messages.text(reason), loud=channel.loud)
    if not reason or outcome.ended != "passed":
        return outcome
    return replace(outcome, ended="error", value=None, message=UNDECIDED)


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
        The file name of its lines in tracebacks.
    names
        The global names of test cells.
    code
        The compiled cell, see :mod:`grader.execution.examiner.compiled`; empty to
        compile it here.
    """
    try:
        parts = unpacked(code) if code else compiled(source, filename)
        GUARD.learn(*parts)
        value = _execute(*parts, names)
    except BaseException as error:
        return _failure(error, source, filename)
    return Outcome("passed", value)


def _execute(
    body: CodeType, last: CodeType | None, names: dict[str, Any]
) -> float | None:
    _run(body, names)
    return None if last is None else _number(_run(last, names))


def _run(code: CodeType, names: dict[str, Any]) -> Any:
    """Run code; if it awaits something at its top level, in the event loop of tests."""
    result = eval(code, names)
    if not code.co_flags & inspect.CO_COROUTINE:
        return result
    if not _loops:
        _loops.append(asyncio.new_event_loop())
    return _loops[0].run_until_complete(result)


# The event loop of tests, once there is one: tasks go on from cell to cell.
_loops: list[asyncio.AbstractEventLoop] = []


def _number(value: Any) -> float | None:
    """Return partial credit as nbgrader reads it: a number that is not a bool."""
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, int | float | np.integer | np.floating):
        return float(value)
    return None


def _failure(error: BaseException, source: str, filename: str) -> Outcome:
    lines = _lines(error, filename)
    secret = hidden_lines(source)
    hidden = not lines or lines[-1] in secret
    before = bool(lines) and max(lines) < min(secret, default=sys.maxsize)
    failed = isinstance(error, AssertionError) and not _is_from_student(error)
    try:
        message = messages.text(_message(error, source, filename, hidden))
    except Exception:
        message = "a test failed, and its message could not be shown"
    return Outcome(
        "failed" if failed else "error",
        message=message[:MESSAGE_CHARS],
        hidden=hidden,
        before_hidden=before,
        text=_students_text(error) if before else "",
        line=lines[0] if lines else 0,
        stumbled="" if failed or _is_from_student(error) else _reason(error),
    )


def _reason(error: BaseException) -> str:
    """Return what the examiner stumbled over, for the instructor."""
    text = str(error.args[0]) if error.args else ""
    first, *_ = [*text.strip().splitlines(), ""]
    return messages.text(f"{type(error).__name__}: {first}"[:TEXT_CHARS])


def _students_text(error: BaseException) -> str:
    """Return the first line of an error's text, if student code raised it."""
    if not _is_from_student(error):
        return ""
    text = messages.text(str(error.args[0])) if error.args else ""
    return text.strip().split("\n")[0][:TEXT_CHARS]


def _is_from_student(error: BaseException) -> bool:
    return hasattr(error, "student_type")


def _lines(error: BaseException, *filenames: str) -> list[int]:
    """Return the lines of these files in an error's traceback, outermost first."""
    frames = traceback.walk_tb(error.__traceback__)
    return [n for frame, n in frames if frame.f_code.co_filename in filenames]


def _message(error: BaseException, source: str, filename: str, hidden: bool) -> str:
    """Return what the student may read: never hidden source, values or tracebacks."""
    if _is_from_student(error):
        kind = error.student_type  # type: ignore[attr-defined]
        if hidden:
            return f"your code raised {kind} when a test called it"
        line = _line(error, source, filename)
        return f"at the visible test `{line}` your code raised {kind}"
    if isinstance(error, CallError):
        return "your code returned something to a test that cannot be read"
    failed = isinstance(error, AssertionError)
    if failed and (message := _instructor_message(error, source, filename)):
        return message
    if failed and not hidden and (message := _feedback(error)):
        return message
    if hidden:
        reason = f"stopped with {type(error).__name__}"
        return f"a hidden test {'failed' if failed else reason}"
    line = _line(error, source, filename)
    return f"{type(error).__name__} at the visible test: {line}"


def _line(error: BaseException, source: str, filename: str) -> str:
    """Return the line of the cell at which an error came up."""
    return syntax.lines(source)[_lines(error, filename)[-1] - 1].strip()


def _feedback(error: BaseException) -> str:
    """Return what an instructor's module says of a visible test that failed.

    Such a module tells on screen what came back; that may hold anything, so here only
    the attribute ``feedback`` of its error is read.
    """
    text = getattr(error, "feedback", "")
    return text if type(text) is str else ""


def _instructor_message(error: BaseException, source: str, filename: str) -> str:
    """Return what the instructor wrote for this failure; empty if nothing.

    The message of a library's assertion, such as NumPy's, shows values. Of that only
    the text is used that the cell passes as ``err_msg="…"``.
    """
    frames = list(traceback.walk_tb(error.__traceback__))
    if frames and frames[-1][0].f_code.co_filename in (filename, INSTRUCTOR):
        return str(error.args[0]) if error.args else ""
    tree = ast.parse(magics.without_settings(source))
    calls = [c for c in ast.walk(tree) if isinstance(c, ast.Call)]
    lines = _lines(error, filename)
    return next(filter(None, (_err_msg(c) for c in calls if _spans(c, lines))), "")


def _spans(call: ast.Call, lines: list[int]) -> bool:
    return any(call.lineno <= line <= (call.end_lineno or 0) for line in lines)


def _err_msg(call: ast.Call) -> str:
    for keyword in call.keywords:
        if keyword.arg == "err_msg" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return ""
