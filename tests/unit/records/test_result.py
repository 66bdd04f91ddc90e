"""Results as lines of results.jsonl, of this version and of older ones."""

from __future__ import annotations

import json

import pytest

from grader.records import Check, Flag, Result

CHECK = Check("mean-test", 1.5, 2.0, "partial", "examiner", "nearly", 0.25)
RESULT = Result(
    "ada",
    "averages",
    "0" * 64,
    7,
    "0.2",
    1.5,
    2.0,
    (CHECK,),
    repairs=("A cell was moved.",),
    flags=(Flag("code", "starts processes"), Flag.grader_fault("no room")),
    seconds=1.25,
    sandbox="bwrap",
)


def old_line(*flags: str) -> str:
    """Return a line as the grader wrote it before flags had kinds."""
    raw = json.loads(RESULT.to_json())
    del raw["sandbox"]
    return json.dumps(raw | {"flags": list(flags)})


def test_a_result_comes_back_from_its_line() -> None:
    assert Result.from_json(RESULT.to_json()) == RESULT


def test_a_line_has_the_documented_keys() -> None:
    raw = json.loads(RESULT.to_json())
    assert list(raw["flags"][0]) == ["kind", "text"]
    assert {"student", "assignment", "release", "seed", "grader", "sandbox"} < set(raw)
    assert "notebook" not in raw["cells"][0]


@pytest.mark.parametrize(
    "text", ["our fault: no room", "our fault, not the student's: no room"]
)
def test_an_old_line_still_says_that_the_grader_failed(text: str) -> None:
    result = Result.from_json(old_line("starts processes", text))
    assert result.grader_failed
    assert result.flags == (
        Flag("other", "starts processes"),
        Flag.grader_fault("no room"),
    )
    assert result.sandbox == ""


def test_an_old_flag_that_only_mentions_a_fault_blames_nobody() -> None:
    result = Result.from_json(old_line("cell q1 raised our fault: x"))
    assert not result.grader_failed


def test_a_line_with_an_unknown_key_is_refused() -> None:
    raw = json.loads(RESULT.to_json()) | {"extra": 1}
    with pytest.raises(TypeError, match="extra"):
        Result.from_json(json.dumps(raw))
