"""Read and write what is kept beside the styles.

- ``verdicts/KIND.json``: nbgrader's points for each answer of each style, and a digest
  of the style's cells, answers and points, so that changed styles are graded again
- ``manual.txt``: answers that our grader may leave to a person, with the reason
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.conformance.grading import Key
from tests.conformance.reader import Style

HERE = Path(__file__).parent
VERDICTS = HERE / "verdicts"
MANUAL = HERE / "manual.txt"

# Styles by name: their digest, and the points for each answer.
Verdicts = dict[str, dict[str, str | float]]


def read_verdicts(kind: str, folder: Path = VERDICTS) -> Verdicts:
    """Return the verdicts that are kept for a kind; none if there is no file."""
    path = folder / f"{kind}.json"
    verdicts: Verdicts = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return verdicts


def write_verdicts(
    kind: str, verdicts: Mapping[str, object], folder: Path = VERDICTS
) -> None:
    """Write the verdicts of a kind to its file, with one answer on each line."""
    text = json.dumps(verdicts, indent=2, ensure_ascii=False)
    (folder / f"{kind}.json").write_text(f"{text}\n", encoding="utf-8")


def renewed_verdicts(
    verdicts: Verdicts, styles: Sequence[Style], points: Mapping[Key, float]
) -> Verdicts:
    """Return the verdicts of a kind with new ones for the styles that were graded.

    Parameters
    ----------
    verdicts
        The verdicts that are kept.
    styles
        All styles of the kind; verdicts of other styles are dropped.
    points
        nbgrader's points for the answers that were graded.
    """
    made: Verdicts = {}
    for style in styles:
        keys = [Key(style.name, answer.label) for answer in style.answers]
        if all(key in points for key in keys):
            graded = {key.answer: points[key] for key in keys}
            made[style.name] = {"digest": style.digest, **graded}
        elif style.name in verdicts:
            made[style.name] = verdicts[style.name]
    return made


def kept_points(verdicts: Verdicts, styles: Iterable[Style]) -> dict[Key, float]:
    """Return the points that are kept for those of the styles that have not changed."""
    found = {}
    for style in styles:
        kept = verdicts.get(style.name, {})
        if kept.get("digest") == style.digest:
            for answer in style.answers:
                found[Key(style.name, answer.label)] = float(kept[answer.label])
    return found


def read_manual(path: Path = MANUAL) -> dict[Key, str]:
    """Return the answers that may be left to a person, each with its reason.

    A line is ``STYLE, ANSWER | REASON``; lines that begin with ``#`` are comments.
    """
    listed = {}
    for line in path.read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            place, _, reason = line.partition(" | ")
            style, _, answer = place.partition(", ")
            listed[Key(style.strip(), answer.strip())] = reason.strip()
    return listed


__all__ = [
    "VERDICTS",
    "Verdicts",
    "kept_points",
    "read_manual",
    "read_verdicts",
    "renewed_verdicts",
    "write_verdicts",
]
