"""The kept verdicts fit the styles, and our grader gives a sample the same points."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.conformance import comparison, kept, reader
from tests.conformance.grading import Key, class_folders
from tests.conformance.reader import Style

KINDS = {
    "abilities",
    "aliasing",
    "arrays",
    "bans",
    "classes",
    "credit",
    "exact_types",
    "exceptions",
    "frames",
    "frameworks",
    "models",
    "operators",
    "other_types",
    "plots",
    "settings",
    "shadowing",
    "symbols",
    "traces",
    "values",
}


@pytest.fixture(scope="module")
def styles() -> list[Style]:
    return reader.styles()


@pytest.fixture(scope="module")
def verdicts() -> kept.Verdicts:
    return {
        n: v for kind in reader.kinds() for n, v in kept.read_verdicts(kind).items()
    }


def test_each_kind_has_styles_and_a_sample(styles: list[Style]) -> None:
    assert set(reader.kinds()) == KINDS
    assert len(styles) >= 200
    assert {style.kind for style in styles if style.sample} == KINDS


def test_styles_in_one_notebook_define_different_names(styles: list[Style]) -> None:
    together = [style for style in styles if not style.alone]
    notebooks = [[s for s in together if s.kind == kind] for kind in KINDS]
    for notebook in [*notebooks, [style for style in together if style.sample]]:
        users: dict[str, str] = {}
        for style in notebook:
            sources = [answer.source for answer in style.answers]
            for name in {name for text in sources for name in _defined_names(text)}:
                assert users.setdefault(name, style.name) == style.name, name


def _defined_names(source: str) -> Iterator[str]:
    for statement in ast.parse(source).body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield statement.name
            case ast.Assign():
                for node in ast.walk(statement):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        yield node.id


def test_the_verdicts_belong_to_the_present_styles(
    styles: list[Style], verdicts: kept.Verdicts
) -> None:
    of_kinds = {path.stem for path in kept.VERDICTS.glob("*.json")}
    assert of_kinds == KINDS
    digests = {name: verdict["digest"] for name, verdict in verdicts.items()}
    assert digests == {style.name: style.digest for style in styles}, (
        "run `make conformance` to renew the verdicts of styles that were changed"
    )


def test_nbgrader_gives_all_points_to_right_answers_only(
    styles: list[Style], verdicts: kept.Verdicts
) -> None:
    assert comparison.faulty(styles, kept.kept_points(verdicts, styles)) == []


def test_manual_txt_lists_few_answers_each_with_a_reason(styles: list[Style]) -> None:
    known = {Key(s.name, answer.label) for s in styles for answer in s.answers}
    listed = kept.read_manual()
    assert listed.keys() <= known
    assert all(listed.values())
    assert len(listed) <= comparison.MOST_MANUAL * len(known)


# The limit is generous, because a busy machine needs long.
@pytest.mark.long
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("every", [2, pytest.param(1, marks=pytest.mark.nightly)])
def test_a_sample_is_graded_as_nbgrader_graded_it(
    styles: list[Style], verdicts: kept.Verdicts, every: int
) -> None:
    sample = [style for style in styles if style.sample and style.runnable][::every]
    with class_folders(sample) as folders:
        ours = folders.by_grader(["--seed", "1"])
    theirs = kept.kept_points(verdicts, sample)
    found = comparison.compared(sample, theirs, ours)
    assert len(found) == sum(len(style.answers) for style in sample)
    manual = kept.read_manual()
    wrong = [e.line() for e in found if e.verdict != "equal" and e.key not in manual]
    assert wrong == []
