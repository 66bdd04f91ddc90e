"""Whatever is done to a right submission, it is graded, and never better than it is.

Each example mangles the worked submission by a random sequence of operations, saves it
in one of many ways and, in some examples, damages the file. Then the submission is
really merged, and the merged notebook is run cell by cell **in this process**, not
in a jail and not through the examiner: so many kernels would take hours. That what
is merged earns the same in the jail is tried on a sample in ``test_class.py``.

``MANGLED_EXAMPLES`` sets how many are tried (``make mangled`` tries thousands).
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.notebooks.cells import grade_id_of, nbgrader_of, parse_notebook
from grader.records import Check
from grader.submissions import merge as merge_module
from grader.submissions.merge import Merged, merge
from tests.support.averages import WORKED, averages
from tests.support.corpus import graded, worked
from tests.support.intact import NAMES, may_pass, there
from tests.support.mangling import OPERATIONS
from tests.support.saving import DAMAGES, SAVINGS, as_json, conflict_with

EXAMPLES = int(os.environ.get("MANGLED_EXAMPLES", "100"))
ASSIGNMENT = averages()
RIGHT = worked(ASSIGNMENT)
BLANK = {
    grade_id_of(c) or "": c.source for c in parse_notebook(ASSIGNMENT.released).cells
}
GRADED = [task.grade_id for task in ASSIGNMENT.tasks if task.kind != "answer"]
LOCKED = [
    c.source
    for c in parse_notebook(ASSIGNMENT.source).cells
    if nbgrader_of(c).get("locked")
]

numbers = st.integers(0, 2**20)
steps = st.lists(st.tuples(st.sampled_from(OPERATIONS), numbers, numbers), max_size=7)
savings = st.tuples(st.sampled_from(SAVINGS), numbers)
damages = st.tuples(st.sampled_from(DAMAGES), numbers)
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="CI" in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True, scope="module")
def _no_net() -> Iterator[None]:
    """Let a failing merge raise here, although it never stops a batch."""

    def fail(*args: Any) -> Merged:
        raise args[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge_module, "_merge_failed", fail)
        yield


def mangled(taken: list[tuple[Callable[..., None], int, int]]) -> dict[str, Any]:
    notebook = copy.deepcopy(RIGHT)
    for operation, a, b in taken:
        wants_blank = operation.__code__.co_argcount == 4
        operation(notebook["cells"], a, b, *([BLANK] if wants_blank else []))
    return notebook


def checked(content: bytes) -> dict[str, Check]:
    """Grade a submission, and assert what holds for all of them."""
    merged = merge(ASSIGNMENT, content, ASSIGNMENT.parameters)
    nbformat.validate(merged.notebook)
    cells = merged.notebook.cells
    assert [c.source for c in cells if nbgrader_of(c).get("locked")] == LOCKED
    assert "Nomen" not in json.dumps(cells)
    checks = {check.grade_id: check for check in graded(ASSIGNMENT, merged)}
    assert list(checks) == GRADED
    assert {a.grade_id for a in merged.answers} == {*WORKED}
    return checks


def passed(checks: dict[str, Check], name: str) -> bool:
    return checks[f"{name}-test"].status == "passed"


@many
@given(steps, savings)
def test_answers_that_are_there_earn_full_marks_and_no_others_do(
    taken: list[tuple[Callable[..., None], int, int]], saved: tuple[Any, int]
) -> None:
    notebook = mangled(taken)
    cells = json.loads(json.dumps(notebook["cells"]))
    saving, number = saved
    checks = checked(saving(notebook, number))
    for name in NAMES:
        if there(cells, name, BLANK):
            assert passed(checks, name), (name, checks[f"{name}-test"])
        if not may_pass(cells, name):
            assert not passed(checks, name), (name, checks[f"{name}-test"])


@many
@given(steps, savings, damages)
def test_a_damaged_file_is_graded_or_refused_in_words(
    taken: list[tuple[Callable[..., None], int, int]],
    saved: tuple[Any, int],
    damaged: tuple[Any, int],
) -> None:
    notebook = mangled(taken)
    cells = json.loads(json.dumps(notebook["cells"]))
    (saving, number), (damage, where) = saved, damaged
    try:
        checks = checked(damage(saving(notebook, number), where))
    except SubmissionError:
        return
    for name in NAMES:
        if not may_pass(cells, name):
            assert not passed(checks, name)


@many
@given(st.sets(st.sampled_from(sorted(NAMES))), st.sets(st.sampled_from(sorted(NAMES))))
def test_of_a_merge_conflict_the_answered_side_counts(
    here: set[str], there: set[str]
) -> None:
    both = []
    for blanked in (here, there):
        notebook = copy.deepcopy(RIGHT)
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = BLANK[name] if name in blanked else cell["source"]
        both.append(as_json(notebook, 1))
    checks = checked(conflict_with(*both))
    for name in NAMES:
        assert passed(checks, name) == (name not in here & there)
