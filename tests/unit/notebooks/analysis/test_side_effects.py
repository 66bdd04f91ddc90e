"""Code whose calls leave nothing behind, and code that may: never the wrong way round."""

# ruff: noqa: E501 - a program a line
from __future__ import annotations

import pytest

from grader.notebooks.analysis.side_effects import keeps_no_state

PLAIN = [
    "def f(v):\n return sum(v) / len(v)",
    "import numpy as np\ndef f(v):\n v = np.asarray(v)\n v[0] = 3\n return v.sum()",
    "import math\nTOP = 3.5\nPAIR = (1, -2)\ndef f(v, n=2):\n return math.sqrt(TOP * n)",
    "def g(v):\n return v\ndef f(v):\n out = []\n out.append(g(v))\n return out",
    "def f(v):\n for a, b in zip(v, v):\n  a += b\n return [x for x in v]",
    "def f(v):\n return sum(list(v))\nscaled = f([1, 2])\nscaled[0] = 3",
    "answer_q1 = 'B'",
    "print('shown')",
    "from numpy import pad\ndef f(v):\n return pad(v, 1)",
]
STATEFUL = [
    "calls = []\ndef f(v):\n calls.append(v)",
    "n = 0\ndef f(v):\n global n\n n += 1",
    "def f(v, seen=[]):\n seen.append(v)\n return seen",
    "def f(v):\n f.calls = 1",
    "def f(v):\n return f.calls",
    "import numpy as np\ndef f(v):\n return np.random.rand()",
    "import numpy as np\ndef f(v):\n np.pi = 3",
    "import numpy as np\nrng = np.random.default_rng(1)\ndef f(v):\n return rng.random()",
    "from numpy import random\ndef f(v):\n return random.rand()",
    "import random\ndef f(v):\n return random.random()",
    "import time\ndef f(v):\n return time.time()",
    "import keras\ndef f(v):\n return keras.layers.Dense(v)",
    "def f(v):\n import os\n return os",
    "def f(v):\n open('x', 'a').write(v)",
    "class C:\n n = 0",
    "f = lambda v: v",
    "def f(v):\n def g():\n  return v\n return g",
    "def f(v):\n yield v",
    "numbers = iter([1, 2])",
    "numbers = (n for n in [1, 2])",
    "def f(v):\n return zip(v, v)",
    "pairs = map(abs, [1])",
    "import functools\n@functools.cache\ndef f(v):\n return v",
    "def f(v):\n return g(v)\ng = f",
    "def f(v):\n return 1\ndef f(v):\n return 2",
    "def f(v):\n return getattr(v, 'x')",
    "def f(v):\n return f.__globals__",
    "def f(v):\n return v.__class__",
    "sum = [].append\ndef f(v):\n return sum(v)",
    "import numpy as np\ndef f(v):\n np.typecodes['All'] = 3",
    "import numpy as np\nnp = 3\ndef f(v):\n return np",
    "def f(",
    "TOP = 3\nTOP = []\ndef f(v):\n TOP.append(v)",
]


@pytest.mark.parametrize("source", PLAIN)
def test_plain_code_keeps_nothing(source: str) -> None:
    assert keeps_no_state([source])


@pytest.mark.parametrize("source", STATEFUL)
def test_what_may_keep_something_is_doubted(source: str) -> None:
    assert not keeps_no_state([source])
    assert not keeps_no_state([*PLAIN[:1], *source.split("\n\n")])


def test_cells_beside_may_do_what_answers_do_not_use() -> None:
    beside = "import keras\ndef show(v):\n keras.show(v)\nmodel = keras.Model()"
    assert keeps_no_state([PLAIN[0]], [beside])
    assert not keeps_no_state(["def f(v):\n return show(v)"], [beside])
    assert not keeps_no_state(["def f(v):\n return model(v)"], [beside])
