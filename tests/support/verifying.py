"""Run ``grader verify`` on a small course, and break its tests."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from grader.authoring.verify.mutants import Origin
from grader.authoring.verify.proof import Proof
from grader.authoring.verify.verify import Options, verify
from grader.course.course import Course
from tests.support.paths import GRADER

ORIGINS: tuple[Origin, ...] = ("kept", "stub", "generated")


class Counting:
    """A watcher that counts."""

    count = done = 0

    def begin(self, notebooks: Any, count: int) -> None:
        self.count = count

    def left_out(self, assignment: str, notebooks: int) -> None: ...

    def at(self, notebook: str) -> None: ...

    def tried(self) -> None:
        self.done += 1


def proof_of(areas: Any, **options: Any) -> Proof:
    course = Course.open(areas.root)
    (proof,) = verify(course, (), Options(workers=2, **options), Counting())
    return proof


def shortfalls(areas: Any, **options: Any) -> set[tuple[str, str]]:
    proof = proof_of(areas, **options)
    return {(shortfall.point, shortfall.text) for shortfall in proof.shortfalls}


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GRADER, "verify", *arguments], capture_output=True, text=True, check=False
    )


def hidden_test_deleted(areas: Any) -> None:
    """Delete the hidden part of a test."""
    asserted = 'assert np.isclose(area(a, b), a * b), "width times height"\n'
    areas.edit(areas.source, "area-test", (asserted, ""))
