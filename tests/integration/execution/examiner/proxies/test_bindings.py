"""Names that a test binds, deletes or replaces, as student code meets them."""

from __future__ import annotations

import pytest

from tests.integration.execution.examiner.proxies.conftest import Judge

CODE = """
import math
import time

rate = 10

def tax(price):
    return price / rate

def total(price):
    return price + tax(price)

def ask():
    return input("name? ")

def distance(a, b):
    return math.hypot(a, b)

def ordered(items):
    return sorted(items)

def wait():
    time.sleep(1000)

def show(x):
    print(x)

def copied(x):
    return copy.copy(x)

def drawn():
    return figure.axes

def unused():
    return 1

import pathlib
pathlib.Path("beside_it.py").write_text("def f(x): return [x]\\nnumber = 3")
import beside_it
"""
NAMES = "rate tax total ask distance ordered wait show uses_module".split()
SHARED = "input sorted print math.hypot time.sleep sys.stdout copy figure".split()
PATCH = "from unittest.mock import call, patch\n"


@pytest.mark.parametrize(
    "cell",
    [
        "rate = 5\nassert total(10) == 12\nrate = 10",
        "kept, tax = tax, lambda price: 1\nassert total(10) == 11\ntax = kept",
        "kept = tax\ndef tax(price):\n    return 2 * price\nassert total(10) == 30\n"
        "tax = kept",
        "def input(prompt):\n    return prompt[:4]\nassert ask() == 'name'\ndel input",
        "import builtins\nkept, builtins.input = input, lambda _: 'Ada'\n"
        "try:\n    assert ask() == 'Ada'\nfinally:\n    builtins.input = kept",
        "with patch('builtins.input', side_effect=['a', 'b']):\n"
        "    assert ask() + ask() == 'ab'",
        "with patch('builtins.sorted', side_effect=KeyError('no')):\n"
        "    try:\n        ordered([2, 1])\n    except KeyError:\n        pass\n"
        "    else:\n        assert False\nassert ordered([2, 1]) == [1, 2]",
        "import math\nwith patch('math.hypot', wraps=math.hypot) as hypot:\n"
        "    assert distance(3, 4) == 5\nhypot.assert_called_once_with(3, 4)\n"
        "assert distance(6, 8) == 10 and hypot.call_count == 1",
        "with patch('time.sleep') as sleep:\n    wait()\n    wait()\n"
        "assert sleep.call_args_list == [call(1000), call(1000)]",
        "with patch('builtins.print') as printed:\n    show(3)\n    show(4)\n"
        "assert printed.call_args_list == [call(3), call(4)]",
        "import io\nwith patch('sys.stdout', new_callable=io.StringIO) as out:\n"
        "    show(3)\nassert out.getvalue() == '3\\n'",
        "with patch('__main__.tax', return_value=100):\n    assert total(1) == 101\n"
        "assert total(10) == 11",
    ],
)
def test_student_code_meets_what_a_test_has_bound(judge: Judge, cell: str) -> None:
    result = judge(PATCH + cell)
    assert result.ended == "passed", result.message


def test_what_a_test_leaves_is_there_in_the_next_one(judge: Judge) -> None:
    left = "import builtins, math\nkept_input, kept_hypot = input, math.hypot\n"
    left += "rate = 5\nbuiltins.input = math.hypot = lambda *_: 7\nassert ask() == 7"
    next_one = "assert rate == 5 and total(10) == 12 and ask() == distance(3, 4) == 7\n"
    next_one += "builtins.input, math.hypot, rate = kept_input, kept_hypot, 10"
    last = "assert total(10) == 11 and distance(3, 4) == 5 and 'input' not in globals()"
    for cell in (left, next_one, last):
        result = judge(cell)
        assert result.ended == "passed", result.message


def test_a_module_that_a_test_imports_stays_for_student_code(judge: Judge) -> None:
    for cell in ("import copy\nassert copied([1]) == [1]", "assert copied([2]) == [2]"):
        result = judge(cell)
        assert result.ended == "passed", result.message


def test_a_value_that_cannot_be_sent_matters_only_if_it_is_used(judge: Judge) -> None:
    cell = "class Figure:\n    axes = 1\nfigure = Figure()\n"
    result = judge(f"{cell}assert unused() == 1")
    assert result.ended == "passed" and not result.stumbled, result.message
    for use in ("drawn()", "try:\n    drawn()\nexcept RuntimeError:\n    pass"):
        result = judge(cell + use)
        assert result.ended != "passed" and "figure" in result.stumbled


def test_a_module_beside_the_notebook_is_asked_in_the_jail(judge: Judge) -> None:
    cell = (
        "import types\nassert isinstance(beside_it, types.ModuleType)\n"
        "assert beside_it.f(1) == [1] and beside_it.number == 3\n"
        "assert not hasattr(beside_it, 'g') and 'beside_it' in repr(beside_it)"
    )
    result = judge(cell)
    assert result.ended == "passed", result.message


def test_without_shared_names_a_test_keeps_its_own(judge: Judge) -> None:
    result = judge("price = 3\nassert total(10) == 11 and 'price' in dir()")
    assert result.ended == "passed", result.message
