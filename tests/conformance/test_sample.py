"""The kept verdicts fit the styles, and our grader gives a sample the same points."""

from __future__ import annotations

import pytest

from tests.conformance import comparison, kept, reader
from tests.conformance.grading import Key, class_folders
from tests.conformance.reader import Style

# Those that issue reports and the field made us know, and those that always held.
KINDS = {
    *("aliasing", "traces", "bans", "exact_types", "operators", "abilities"),
    *("settings", "shadowing", "exceptions", "other_types"),
    *("values", "arrays", "classes", "credit", "frameworks"),
    *("frames", "models", "plots", "symbols"),
}


@pytest.fixture(scope="module")
def styles() -> list[Style]:
    return reader.styles()


@pytest.fixture(scope="module")
def verdicts() -> kept.Verdicts:
    return {
        n: v for kind in reader.kinds() for n, v in kept.read_verdicts(kind).items()
    }


def test_there_are_styles_of_all_kinds(styles: list[Style]) -> None:
    assert set(reader.kinds()) == KINDS
    assert len(styles) >= 200
    assert {style.kind for style in styles if style.sample} == KINDS


def test_the_verdicts_are_those_of_these_styles(
    styles: list[Style], verdicts: kept.Verdicts
) -> None:
    of_kinds = {path.stem for path in kept.VERDICTS.glob("*.json")}
    assert of_kinds == KINDS
    digests = {name: verdict["digest"] for name, verdict in verdicts.items()}
    assert digests == {style.name: style.digest for style in styles}, (
        "run `make conformance` to renew the verdicts of styles that were changed"
    )


def test_nbgrader_tells_right_answers_from_wrong_ones(
    styles: list[Style], verdicts: kept.Verdicts
) -> None:
    assert comparison.faulty(styles, kept.kept_points(verdicts, styles)) == []


def test_few_answers_are_listed_and_each_with_a_reason(styles: list[Style]) -> None:
    known = {Key(s.name, answer.label) for s in styles for answer in s.answers}
    for path in (kept.MANUAL, kept.DIFFERING):
        listed = kept.read_list(path)
        assert listed.keys() <= known
        assert all(listed.values())
    assert len(kept.read_list(kept.MANUAL)) <= comparison.MOST_MANUAL * len(known)


# On a busy machine it takes long, and says no less then.
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_sample_is_graded_as_nbgrader_graded_it(
    styles: list[Style], verdicts: kept.Verdicts
) -> None:
    sample = [style for style in styles if style.sample and style.runnable]
    with class_folders(sample) as folders:
        ours = folders.by_grader(["--seed", "1"])
    theirs = kept.kept_points(verdicts, sample)
    found = comparison.compared(sample, theirs, ours)
    assert len(found) == sum(len(style.answers) for style in sample)
    listed = {*kept.read_list(kept.DIFFERING), *kept.read_list(kept.MANUAL)}
    wrong = [e.line() for e in found if e.verdict != "equal" and e.key not in listed]
    assert wrong == []
