"""How far the tests of a class's assignments can be trusted, kept in its folder.

``CLASS/.grader/trusts.json`` holds, for each assignment, what was found when its
solution was graded, so that it is found out once and the report can tell it. The file
may be deleted at any time.
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
        The test; of an assignment with several notebooks ``ASSIGNMENT/NOTEBOOK``.
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
    """The file of a class.

    Parameters
    ----------
    root
        The class folder.
    """

    def __init__(self, root: Path) -> None:
        self._path = root / FILE

    def proofs(self, assignment: str, key: str) -> dict[str, str] | None:
        """Return what was found out under the same key; None if that is unknown.

        Parameters
        ----------
        assignment
            Its label.
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
        """Store what was found out about an assignment.

        Parameters
        ----------
        assignment, key
            As for :meth:`proofs`.
        proofs
            Why a test is not proved, "" if it is, by grade_id.
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
        texts = [kept["key"], *kept["proofs"].values()]
        cells = kept["cells"].values()
        return all(type(text) is str for text in texts) and all(
            trust in get_args(Trust) and type(reason) is str for trust, reason in cells
        )
    except (TypeError, KeyError, AttributeError, ValueError):
        return False


__all__ = ["CellTrust", "TrustFile"]
