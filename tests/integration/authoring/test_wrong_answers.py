"""Lists of equivalent answers and wrong answers are read, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.errors import CourseError
from tests.support.verifying import ORIGINS, proof_of, run, shortfalls

ENTRY = """[[equivalent]]
notebook = "01_areas"
grade_id = "{}"
before = "{}"
after = "{}"
reason = "{}"
"""
OPEN = """[[open]]
notebook = "01_areas"
grade_id = "{}"
reason = "{}"
"""


def listed(areas: Any, *entries: tuple[str, str, str, str]) -> None:
    path = areas.root / "solutions/wrong_answers/equivalent.toml"
    path.write_text("".join(ENTRY.format(*entry) for entry in entries))


def test_equivalent_mutants_are_listed_with_a_reason(areas: Any) -> None:
    whole = "float(np.sum(table))"
    areas.edit(areas.source, "total", (whole, f"{whole} + 0"))
    found = proof_of(areas, generated=True).findings
    survivors = [v.mutant for v in found.survivors]
    assert {m.after for m in survivors} == {f"total = {whole}", f"total = {whole} - 0"}
    listed(areas, *(("total", m.before, m.after, "adds 0") for m in survivors))
    proof = proof_of(areas, generated=True)
    found = proof.findings
    assert (len(found.equal), found.survivors, proof.shortfalls) == (2, [], ())


@pytest.mark.nightly
def test_of_an_open_exercise_no_mutants_are_made(areas: Any) -> None:
    path = areas.root / "solutions/wrong_answers/equivalent.toml"
    path.write_text(OPEN.format("area", "any shape will do"))
    proof = proof_of(areas, generated=True)
    assert proof.shortfalls == ()
    found = proof.findings
    assert {v.mutant.grade_id for v in found.of("generated")} == {"total"}
    assert "area" in {v.mutant.grade_id for v in found.of("kept")}
    done = run("--course", areas.root, "--generated")
    assert "area is open, no mutants were generated: any shape will do" in done.stdout


def test_an_open_exercise_that_is_none_is_told(areas: Any) -> None:
    path = areas.root / "solutions/wrong_answers/equivalent.toml"
    path.write_text(OPEN.format("arae", "any shape will do"))
    ((point, text),) = shortfalls(areas)
    assert point == "generated"
    assert "no exercise 'arae' that could be open; there are area, total" in text


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("return width * height", "return width / height", "is caught"),
        ("return width", "return 1", "is no longer generated"),
    ],
)
def test_stale_entries_are_told(areas: Any, before: str, after: str, why: str) -> None:
    listed(areas, ("area", before, after, "none"))
    ((point, text),) = shortfalls(areas, generated=True)
    assert point == "generated"
    assert f"stale: area: {after!r} {why}" in text


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[[equivalent]", "not TOML"),
        ("[[equivalent]]\nnotebook = 'x'", "each must have notebook, grade_id"),
        ("[mutant]\na = 1", r"may hold \[\[equivalent\]\] and \[\[open\]\] only"),
        ("[[open]]\nnotebook = 'x'", "each must have notebook, grade_id, reason"),
        (OPEN.format("area", " "), "no reason is given"),
        (ENTRY.format("area", "a", "b", " "), "no reason is given"),
        (
            ENTRY.format("area", "a", "b", "c").replace("01_areas", "02_none"),
            "there is no notebook '02_none'",
        ),
    ],
)
def test_an_unusable_list_is_refused(areas: Any, content: str, told: str) -> None:
    (areas.root / "solutions/wrong_answers/equivalent.toml").write_text(content)
    with pytest.raises(CourseError, match=told):
        proof_of(areas)


def old_folder(areas: Any) -> None:
    path = areas.root / "tests/mutants/01_areas/area/adds.py"
    path.parent.mkdir(parents=True)
    path.write_text("area = 1\n")


def old_list(areas: Any) -> None:
    path = areas.root / "tests/mutants/equivalent.toml"
    path.parent.mkdir(parents=True)
    path.write_text("")


def unknown_notebook(areas: Any) -> None:
    areas.wrong_answers.rename(areas.wrong_answers.with_name("01_aeras"))


def empty_cell(areas: Any) -> None:
    areas.add("total", "nothing", "")


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (old_folder, r"are in \S*solutions/wrong_answers/NOTEBOOK/EXERCISE.py now"),
        (old_list, r"are in \S*solutions/wrong_answers/NOTEBOOK/EXERCISE.py now"),
        (unknown_notebook, "no notebook '01_aeras'.*notebooks are 01_areas"),
        (empty_cell, "total.py, line 11: the cell 'nothing' is empty"),
    ],
)
def test_wrong_answers_that_cannot_be_read_are_refused(
    areas: Any, plant: Callable[[Any], None], told: str
) -> None:
    plant(areas)
    with pytest.raises(CourseError, match=told):
        proof_of(areas)


def test_wrong_answers_to_a_course_made_for_nbgrader(areas: Any) -> None:
    """They lie beside source/, where nbgrader does not look for assignments."""
    source = areas.root / "source/01_areas/areas.ipynb"
    source.parent.mkdir(parents=True)
    areas.source.rename(source)
    (areas.root / "solutions/wrong_answers").rename(areas.root / "wrong_answers")
    proof = proof_of(areas)
    assert proof.shortfalls == ()
    assert [len(proof.findings.of(origin)) for origin in ORIGINS] == [7, 2, 0]
    (areas.root / "wrong_answers/01_areas/typo.py").write_text("# %% one\nx = 1\n")
    ((point, text),) = shortfalls(areas)
    assert point == "wrong answers"
    assert "typo.py belongs to no exercise" in text
    assert "one of area, total" in text
