"""A proof about tests stands as long as nothing that it depends on has changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch.trusts import KnownProofs
from grader.classroom.trusts import TrustFile
from grader.execution.limits import Limits
from grader.grading.calibration import Calibration
from grader.records import Assignment, BoundFile

PROOFS = {"mean-test": ""}


@pytest.fixture
def known(tmp_path: Path) -> KnownProofs:
    return KnownProofs(TrustFile(tmp_path), lambda each: Limits.of(each.limits))


def test_a_proof_is_kept_for_the_same_assignment(
    known: KnownProofs, averages: Assignment
) -> None:
    assert known.of([averages]) == {}
    known.keep(averages, Calibration(proofs=PROOFS))
    assert known.of([replace(averages)]) == {averages.label: PROOFS}


def test_a_proof_ends_with_each_thing_that_it_depends_on(
    known: KnownProofs, averages: Assignment
) -> None:
    with_file = replace(averages, files=(("helper.py", b"one = 1"),))
    known.keep(with_file, Calibration(proofs=PROOFS))
    assert known.of([with_file])
    for other in (
        replace(with_file, release="0"),
        replace(with_file, released=averages.released + " "),
        replace(with_file, limits={"cell_seconds": 3}),
        replace(with_file, files=(("helper.py", b"one = 2"),)),
        replace(with_file, bound=(BoundFile("data.csv", "/data.csv", "0"),)),
    ):
        assert known.of([other]) == {}


def test_nothing_is_kept_where_the_grader_failed(
    known: KnownProofs, averages: Assignment
) -> None:
    known.keep(averages, Calibration(proofs=PROOFS, fault="no jail"))
    assert known.of([averages]) == {}
