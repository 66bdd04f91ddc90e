"""A test stays with the examiner alone only if wrong answers prove that it may."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.execution.jail.jail import Jailer
from grader.grading import trust_proof
from grader.grading.calibrate import calibrate
from grader.notebooks.analysis import mutation, outside
from tests.support.small_course import course

pytestmark = pytest.mark.long

SOURCE = """
# %%
import numpy as np
# %% twice
def twice(x):
    return x + x
# %% twice-test
assert twice(2) == 4
assert twice(3) == 6
# %% power
def power(x, n):
    return x ** n
# %% power-test
first = power(2, 3)
assert first == 8
assert first is power(2, 3)
"""


def test_what_is_plain_is_proved_and_what_is_not_says_why(
    tmp_path: Path, jailer: Jailer
) -> None:
    found = calibrate(course(tmp_path, hw=SOURCE)["hw"], jailer, 1)
    assert found.trusts == {"power-test": "both"}
    assert found.reasons == {"power-test": "line 3 compares identity"}
    assert found.proofs == {"twice-test": "", "power-test": "line 3 compares identity"}


def test_a_disagreement_about_a_wrong_answer_takes_the_trust_away(
    tmp_path: Path, jailer: Jailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The look is blind here, so that only the wrong answers can tell: without "+ []"
    # the list that the function keeps is handed out.
    monkeypatch.setattr(outside, "doubt", lambda *_: "")
    monkeypatch.setattr(mutation, "mutants", changed)
    kept = SOURCE.replace("return x ** n", "return kept + []").replace(
        "assert first == 8\nassert first is power(2, 3)",
        "first.append(1)\nassert power(2, 3) == [2]",
    )
    kept = kept.replace("def power(x, n):", "def power(x, n, kept=[2]):")
    assignment = course(tmp_path, hw=kept)["hw"]
    proofs = trust_proof.prove(assignment, jailer, 1, {"twice-test", "power-test"})
    assert proofs["twice-test"] == ""
    assert "disagree" in proofs["power-test"]


def changed(source: str) -> list[str]:
    """Return an answer with another operator."""
    return [source.replace("kept + []", "kept").replace("x + x", "x * x")]


def test_without_time_nothing_is_proved(
    tmp_path: Path, jailer: Jailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust_proof, "SECONDS", 0.0)
    found = calibrate(course(tmp_path, hw=SOURCE)["hw"], jailer, 1)
    assert found.trusts == {"twice-test": "both", "power-test": "both"}
    assert "in time" in found.reasons["twice-test"]


def test_a_known_proof_is_not_made_again(
    tmp_path: Path, jailer: Jailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust_proof, "prove", None)
    known = {"twice-test": "", "power-test": "known"}
    found = calibrate(course(tmp_path, hw=SOURCE)["hw"], jailer, 1, known)
    assert found.reasons == {"power-test": "known"}
