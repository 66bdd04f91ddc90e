"""Run test cells in an examiner, beside a jailed kernel that has run student code.

The student code is ``CODE`` of each test module. Its ``NAMES`` are names that answers
bind; if a test binds one of them or of its ``SHARED``, student code sees that.
"""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.execution.examiner.client import Examiner
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.records import Outcome

Judge = Callable[[str], Outcome]
Runner = Callable[[str], None]

# Some of the names in the modules. The kernel is asked for the others all the same.
ANSWERS = frozenset("area Shape Square Vector Plain Point Color".split())
# A test cell whose message is the traceback, so that one that fails can be understood.
EXPLAINED = """
import traceback
try:
{cell}
except BaseException as error:
    text = "".join(traceback.format_exception(error))[-550:]
    raise AssertionError(text) from None
"""


@pytest.fixture(scope="module")
def judge(
    request: pytest.FixtureRequest, fork_server: ForkServer, jailer: Jailer
) -> Iterator[Judge]:
    """Return a function that runs a test cell in the examiner."""
    names = set(getattr(request.module, "NAMES", ()))
    with (
        Kernel(jailer) as kernel,
        Examiner(fork_server, ANSWERS | names, {}, {"numpy"}, 5) as examiner,
    ):
        ran = kernel.run(request.module.CODE, 20)
        assert ran.ended == "ok", ran
        examiner.share(names | set(getattr(request.module, "SHARED", ())))
        examiner.attach(kernel.call, kernel.processes)

        def run(cell: str) -> Outcome:
            explained = EXPLAINED.format(cell=textwrap.indent(cell, "    "))
            return examiner.test("t", explained, 1, 20)

        yield run


@pytest.fixture
def in_one_process(request: pytest.FixtureRequest, tmp_path: Path) -> Runner:
    """Return a function that runs the student code and a test cell in this process."""

    def run(cell: str) -> None:
        # In a file, in which `inspect` finds the source of functions.
        file = tmp_path / "lesson.py"
        file.write_text(request.module.CODE + cell)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(file.read_text(), file, "exec", dont_inherit=True)
            exec(code, {"__name__": "lesson"})

    return run


@pytest.fixture
def passes_in_both(in_one_process: Runner, judge: Judge) -> Runner:
    """Return a function that expects a test cell to pass in one process and in two."""

    def run(cell: str) -> None:
        in_one_process(cell)
        outcome = judge(cell)
        assert (outcome.ended, outcome.stumbled) == ("passed", ""), outcome.message

    return run
