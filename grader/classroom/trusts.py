"""Keep in the class folder how far each test can be trusted.

``CLASS/.grader/trusts.json`` holds, for each assignment, what was found when its
solution was graded. So it is found out only once, and the class report can show it. The
file may be deleted at any time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from grader.files import replace_file
from grader.records import Trust

FILE = Path(".grader") / "trusts.json"


@dataclass(frozen=True, slots=True)
class CellTrust:
    """How far one test can be trusted, and why not further.

    Attributes
    ----------
    assignment, grade_id : str
        The test. The assignment is ``ASSIGNMENT/NOTEBOOK`` if it has several notebooks.
    trust : str
        See :class:`grader.records.Check`.
    reason : str
        Why it does not run in the examiner alone; empty if it does.
    """

    assignment: str
    grade_id: str
    trust: Trust
    reason: str


class TrustFile:
    """The file of a class with the trust of its tests.

    Parameters
    ----------
    root
        The class folder.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / FILE

    def proofs(self, assignment: str, key: str) -> dict[str, str] | None:
        """Return the proofs that were kept under the same key; None if there are none.

        Parameters
        ----------
        assignment
            The label of the assignment.
        key
            The hash of everything that the proof depends on.
        """
        kept = self._read().get(assignment, {})
        return kept["proofs"] if kept.get("key") == key else None

    def keep(
        self,
        assignment: str,
        key: str,
        proofs: Mapping[str, str],
        cells: Mapping[str, tuple[Trust, str]],
    ) -> None:
        """Store how far the tests of an assignment can be trusted.

        Parameters
        ----------
        assignment, key
            As for :meth:`proofs`.
        proofs
            Why each test is not proved, by grade_id; "" for a test that is.
        cells
            The trust of each test and the reason, by grade_id.
        """
        known = self._read()
        kept = {"key": key, "proofs": dict(proofs)}
        known[assignment] = kept | {"cells": {n: [*pair] for n, pair in cells.items()}}
        self._path.parent.mkdir(exist_ok=True)
        replace_file(self._path, json.dumps(known, indent=1, sort_keys=True) + "\n")

    def cells(self) -> tuple[CellTrust, ...]:
        """Return the trust of each test of each assignment."""
        return tuple(
            CellTrust(assignment, name, trust, reason)
            for assignment, kept in self._read().items()
            for name, (trust, reason) in kept["cells"].items()
        )

    def _read(self) -> dict[str, Any]:
        """Return what is in the file; nothing if it is missing or damaged."""
        try:
            known = json.loads(self._path.read_text("utf-8"))
            return {name: kept for name, kept in known.items() if _is_sound(kept)}
        except (OSError, ValueError, AttributeError):
            return {}


def _is_sound(kept: Any) -> bool:
    try:
        strings = [kept["key"], *kept["proofs"].values()]
        cells = kept["cells"].values()
        return all(type(string) is str for string in strings) and all(
            trust in get_args(Trust) and type(reason) is str for trust, reason in cells
        )
    except (TypeError, KeyError, AttributeError, ValueError):
        return False


__all__ = ["CellTrust", "TrustFile"]
