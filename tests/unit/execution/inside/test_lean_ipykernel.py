"""What was left out of ipykernel and IPython is not missed: cells are read the same."""

from __future__ import annotations

import inspect
import itertools
import json

import pytest
from ipykernel import ipkernel
from IPython.core.async_helpers import _should_be_async
from IPython.core.inputtransformer2 import TransformerManager

from grader.execution.inside.lean_ipykernel import LeanTransformer
from tests.support.paths import ROOT

SOLUTIONS = sorted((ROOT / "solutions").rglob("*.ipynb"))
CELLS = [
    "",
    "x = 1",
    "\n\n  x = 1\n  y = 2\n",
    "x = '''\n   \n%time\n!ls\n?\n'''\ny = 1",
    "x = 5 \\\n% 3\ny = x",
    "x = (5\n% 3)\ny = [1,\n/ 2] if 0 else x",
    "x = [\n1\n]\n# really?\ny = x  # is it?",
    "x = 5;\ny = 6;",
    "x = f'{5!r}?'\ny = f'''{\n5\n!r}'''",
    "... # TODO\n...",
    "def f():\n    ...  # TODO\n...",
    ">>> x = 1\n>>> x\n1",
    ">>> def f():\n...     pass\n",
    "In [1]: x = 1\nIn [2]: x",
    "%time x = 1\ny = 2",
    "x = 1\n%time y = 2",
    "if True:\n    %time y = 2\n",
    "x = !ls\ny = 1",
    "x = %pwd\ny = 1",
    "a, b = !ls\nc = 1",
    "!ls\n!pwd",
    "print?\nx = 1",
    "x = 1\nprint??",
    "/print 1\n,print a\n;print b",
    "%%bash\necho x",
    "%%time\nx = 1",
    "x = 1 ?\n",
    "def f(:\n  pass",
    "await g()\nx = 1",
    "async def f():\n    await g()\nx = 1",
    "[x async for x in g()]\ny = 1",
    "return 5\nx = 1",
    "x = 1\x00\ny = 2",
    "℘ = 1\ny = ℘",
    "x = '\\d'\ny = x is 5",
    "x = 1\f\ny = 2\x1c\nz = '\u2028'",
    "match x:\n    case 1: pass\n",
    "(" * 300 + ")" * 300 + "\nx = 1",
    "x = 1\r\ny = 2\r\n",
    "\tx = 1\n\ty = 2",
]


def cells_of_solutions() -> list[str]:
    read = (json.loads(path.read_text())["cells"] for path in SOLUTIONS)
    cells = itertools.chain.from_iterable(read)
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]


def lean() -> LeanTransformer:
    return LeanTransformer()  # type: ignore[no-untyped-call] # IPython's __init__


def agree(cell: str) -> bool:
    """Read a cell both ways; say whether the short one was taken."""
    ours, theirs = lean(), TransformerManager()
    ours.expect_a_cell()
    read = theirs.transform_cell(cell)
    assert ours.transform_cell(cell) == read
    if ours.python is None:
        return False
    assert ours.python == (read, _should_be_async(read))
    return True


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_a_cell_is_read_as_ipython_reads_it(cell: str) -> None:
    agree(cell)


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
def test_the_courses_cells_are_read_the_same_and_most_at_once() -> None:
    cells = cells_of_solutions()
    assert sum(map(agree, cells)) > len(cells) / 2


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")
@pytest.mark.parametrize("sign", [*"%!?/,;", "%%", "??", "=!", "=%", "= ?"])
def test_signs_of_ipythons_in_any_place_are_read_the_same(sign: str) -> None:
    cell = "x = [1, (2)]\nif x:\n    y = f(x)  # why\nz = 'a'\n"
    for place in range(len(cell) + 1):
        agree(cell[:place] + sign + cell[place:])


def test_what_is_read_but_not_run_is_not_compiled() -> None:
    ours = lean()
    ours.transform_cell("x = 1\ny = 2")
    assert ours.python is None


def test_another_transformer_is_asked_for_each_cell() -> None:
    class Never:
        @classmethod
        def find(cls, tokens_by_line: object) -> None:
            raise LookupError("asked")

    ours = lean()
    ours.token_transformers.append(Never)
    ours.expect_a_cell()
    with pytest.raises(LookupError, match="asked"):
        ours.transform_cell("x = 1\ny = 2")


def test_what_a_method_takes_is_told_as_before() -> None:
    class Taking:
        def some(self, a: int, b: int = 2, /, c: int = 3, *, d: int = 4) -> None: ...
        def all(self, **more: int) -> None: ...
        def none(self, *a: int) -> None: ...

    names = list("abcdx")
    wanted = {"some": "cd", "all": "abcdx", "none": ""}
    for name, taken in wanted.items():
        accepts = vars(ipkernel)["_accepts_parameters"](getattr(Taking(), name), names)
        assert {n for n, yes in accepts.items() if yes} == set(taken)


def test_ipykernel_still_asks_that_by_this_name() -> None:
    source = inspect.getsource(ipkernel.IPythonKernel.do_execute)
    assert "_accepts_parameters(run_cell" in source
