"""A name that is missing because a cell above failed is told with that cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_course import checks, course, graded, submit

pytestmark = pytest.mark.long

COURSE = """
# %% one
### BEGIN SOLUTION
import math as m
one = 1
### END SOLUTION
# %% one-test
assert one == 1
# %% two
### BEGIN SOLUTION
import math as m
def two(): return m.sqrt(4)
### END SOLUTION
# %% two-test
assert two() == 2
### BEGIN HIDDEN TESTS
assert two() + one == 3
### END HIDDEN TESTS
# %% three
### BEGIN SOLUTION
three = 3
### END SOLUTION
# %% three-test
assert three == 3
"""
IMPORT = "# %% own\nimport no_such_module as m\n"
AT_ONCE = """
# %% one
one = int(m.sqrt(1))
# %% one-test
assert one == 1
# %% two
def two(): return m.sqrt(4)
# %% two-test
assert two() == 2
# %% three
three = int(m.sqrt(9))
# %% three-test
assert three == 3
"""
CAUSE = (
    "the likely cause: the cell “import no_such_module as m” above stopped with "
    "ModuleNotFoundError: No module named 'no_such_module', and m comes from it"
)


def messages(folder: Path, text: str) -> tuple[dict[str, str], list[str]]:
    course(folder, hw=COURSE)
    submit(folder, hw=text)
    result = graded(folder)["ada"]
    told = {name: check.message for name, check in checks(result).items()}
    return told, [flag.text for flag in result.flags]


@pytest.mark.nightly
def test_a_failed_import_is_named_at_each_missing_name(tmp_path: Path) -> None:
    told, flags = messages(tmp_path, IMPORT + AT_ONCE)
    assert told["one-test"] == (
        f"your answer stopped with NameError: name 'm' is not defined; {CAUSE}"
    )
    assert "your code raised NameError" in told["two-test"]
    assert told["two-test"].endswith(CAUSE)
    assert told["three-test"].endswith(CAUSE)
    assert (
        "the cell “import no_such_module as m” stopped with ModuleNotFoundError: "
        "No module named 'no_such_module', and later answers need m from it"
    ) in flags


@pytest.mark.nightly
def test_after_a_hidden_test_the_cell_is_still_named(tmp_path: Path) -> None:
    text = AT_ONCE.replace("int(m.sqrt(1))", "1").replace("m.sqrt(4)", "2")
    told, _ = messages(tmp_path, IMPORT + text)
    assert "NameError; run your notebook" in told["three-test"]
    assert told["three-test"].endswith(CAUSE)


@pytest.mark.nightly
def test_an_import_that_a_later_cell_repeats_is_not_named(tmp_path: Path) -> None:
    text = IMPORT + "# %% own\nimport math as m\n" + AT_ONCE.replace("m.sqrt(4)", "n")
    told, flags = messages(tmp_path, text)
    assert told["one-test"] == told["three-test"] == ""
    assert "NameError" in told["two-test"]
    assert "likely cause" not in told["two-test"]
    assert not any("later answers" in flag for flag in flags)


def test_a_failed_answer_is_named_below(tmp_path: Path) -> None:
    text = AT_ONCE.replace("int(m.sqrt(1))", "1 / 0").replace("int(m.sqrt(9))", "one")
    told, _ = messages(tmp_path, text)
    assert "likely cause" not in told["one-test"]
    assert told["three-test"].endswith(
        "the likely cause: the cell “one = 1 / 0” above stopped with "
        "ZeroDivisionError: division by zero, and one comes from it"
    )


def test_an_error_after_a_hidden_test_cannot_bring_out_its_inputs(
    tmp_path: Path,
) -> None:
    """The text of an error, and of a name that is missing, is the student's choice."""
    text = AT_ONCE.replace("m.sqrt(4)", "[seen.append(1), 2][1]")
    text = text.replace(
        "# %% one\n", "# %% own\nseen = []\nimport math as m\n# %% one\n"
    )
    text = text.replace(
        "# %% three\n",
        "# %% own\nraise ValueError(f'SECRET{seen}'); k = 1\n# %% three\n",
    ).replace("int(m.sqrt(9))", "k")
    told, flags = messages(tmp_path, text)
    assert "stopped with ValueError, and k comes from it" in told["three-test"]
    assert "SECRET[" not in " ".join([*told.values(), *flags])
