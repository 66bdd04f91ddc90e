"""Text of the student's is never run in the examiner, however a test comes to it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import pytest

from grader.execution.examiner.client import Examiner
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel

# Whatever runs this text where the tests are writes to a list of the test's.
CODE = '''
run = "reached.append(1)"
tree_of = run + " or 3"
data = __import__("pickle").dumps(print)

def documented():
    """
    >>> reached.append(1)
    """

def hinted(x: "reached.append(1)") -> None: ...

class Node:
    field: "reached.append(1)"

def formula():
    return "@reached.append(1)"
'''
REFUSED = [
    "eval(run)",
    "exec(run)",
    "exec(run.encode())",
    "eval(compile(run, 'x', 'eval'))",
    "import ast\nexec(compile(ast.parse(run), 'x', 'exec'))",
    "import builtins\nbuiltins.exec(run)",
    "__builtins__['exec'](run)",
    "list(map(eval, [run]))",
    "import functools\nfunctools.partial(eval, run)()",
    "import doctest\ndoctest.run_docstring_examples(documented, globals())",
    "import doctest\nfor each in doctest.DocTestFinder().find(\n"
    "    documented, 'd', globs=globals()):\n    doctest.DocTestRunner().run(each)",
    "import typing\ntyping.get_type_hints(hinted, globals())",
    "import typing\ntyping.get_type_hints(Node, globals())",
    "import timeit\ntimeit.timeit(run, number=1, globals=globals())",
    "import timeit\ntimeit.timeit('pass', run, number=1, globals=globals())",
    "import code\ncode.InteractiveInterpreter(globals()).runsource(run)",
    "import pandas\npandas.DataFrame({'a': [1]}).query(formula())",
    "import sympy\nsympy.sympify(run, locals=globals())",
    "import sympy\nsympy.lambdify('x', run)(1)",
    "import pickle\npickle.loads(data)",
    "import subprocess\nsubprocess.run(['true', run])\nreached.append(1)",
    "import os\nos.system('true')\nreached.append(1)",
    "try:\n    eval(run)\nexcept Exception:\n    pass",
]
ALLOWED = [
    "assert eval('1 + 1') == 2",
    "exec('made = 3')\nassert made == 3",
    "def f():\n    inner = 5\n    return eval('inner + a', {'a': 2}, locals())\n"
    "assert f() == 7",
    "assert eval('len(run)') == 17",
    "import doctest\ntext = '\\n'.join(['>>> 1 + 1', '2'])\n"
    "case = doctest.DocTestParser().get_doctest(text, {}, 'x', None, 0)\n"
    "runner = doctest.DocTestRunner()\nrunner.run(case)\n"
    "assert (runner.tries, runner.failures) == (1, 0)",
    "import ast, inspect\nassert ast.parse(inspect.getsource(documented))",
    "import ast\nassert ast.literal_eval(str([1, 2])) == [1, 2]",
    "from collections import namedtuple\nassert namedtuple('P', ['x'])(1).x == 1",
    "import dataclasses\n@dataclasses.dataclass\nclass P:\n    x: int\nassert P(1).x",
    "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: 'int'\nP(1)",
    "import scipy.stats\nassert scipy.stats.norm(0, 1).cdf(0) == 0.5",
    "from unittest.mock import create_autospec\ncreate_autospec(len)",
    "import pandas\nmu = 1\nframe = pandas.DataFrame({'a': [1, 2]})\n"
    'assert len(frame.query("a   > @mu and a != 5")) == 1',
    "import timeit\nassert timeit.timeit(lambda: len(run), number=2) > 0",
    "import timeit\nassert timeit.timeit('1 + 1', 'import re', number=2) > 0",
    "import copy\nassert copy.deepcopy([[1]]) == [[1]]",
    "class P:\n    x: 'int'\nfrom typing import get_type_hints\n"
    "assert get_type_hints(P)['x'] is int",
    "assert __name__ == '__main__'",
]


@pytest.fixture(scope="module")
def examiner(fork_server: ForkServer, jailer: Jailer) -> Iterator[Examiner]:
    with Kernel(jailer) as kernel, Examiner(fork_server, set(), {}, set(), 5) as opened:
        assert kernel.run(CODE, 20).ended == "ok"
        opened.share(["run"])
        opened.attach(kernel.call, kernel.processes)
        yield opened


@pytest.mark.parametrize("cell", REFUSED)
def test_text_of_a_student_is_not_run(examiner: Examiner, cell: str) -> None:
    assert examiner.test("t", "reached = []", 1, 5).ended == "passed"
    outcome = examiner.test("t", cell, 1, 20)
    assert outcome.ended != "passed", outcome
    assert "what text does" in outcome.stumbled or "what a p" in outcome.stumbled
    assert examiner.test("t", "assert reached == []", 1, 5).ended == "passed"


@pytest.mark.parametrize("cell", ALLOWED)
def test_text_that_stands_in_a_test_may_run(examiner: Examiner, cell: str) -> None:
    explained = "import traceback\ntry:\n" + textwrap.indent(cell, "    ")
    explained += "\nexcept BaseException:\n    assert False, traceback.format_exc()"
    outcome = examiner.test("t", explained, 1, 20)
    assert outcome.ended == "passed", outcome.message
    assert not outcome.stumbled
