"""Several notebooks in one assignment: which file is which, one result of all.

nbgrader's courses may have them, and keep grade_ids per notebook. Each notebook
is graded alone; here the results are put together for ``results.jsonl``, and
taken apart again for pages and database. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from grader import scoring
from grader.records import Assignment, Result

P = TypeVar("P", bound=PurePath)
# What a browser, Colab or a person adds to the name of a copy.
_COPIED = re.compile(r"^(copy[ _-]of[ _-])+|([ _-]*\(\d+\)|[ _-]copy\d*)+$")


def matched(names: Sequence[str], paths: Sequence[P]) -> dict[str, list[P]]:
    """Return which of `paths` may be the notebook of each name.

    With one name, that is each of them. With more, a file of that name, or of one
    as copies have it; what is left may be the one notebook that nothing else is.

    Examples
    --------
    >>> files = [PurePath("one.ipynb"), PurePath("Two (1).ipynb")]
    >>> matched(["one", "two"], files)["two"]
    [PurePosixPath('Two (1).ipynb')]
    """
    found: dict[str, list[P]] = {name: [] for name in names}
    rest = list(paths)
    if len(found) == 1:
        return {names[0]: rest}
    for alike in (_exactly, _roughly):
        for name, files in found.items():
            taken = [path for path in rest if alike(path.stem) == alike(name)]
            files += taken
            rest = [path for path in rest if path not in taken]
    empty = [name for name, files in found.items() if not files]
    if len(empty) == 1:
        found[empty[0]] += rest
    return found


def _exactly(stem: str) -> str:
    return stem


def _roughly(stem: str) -> str:
    return _COPIED.sub("", stem.lower()).strip()


def together(parts: Sequence[tuple[Assignment, Result]]) -> Result:
    """Return one result of the notebooks of an assignment, in the course's order."""
    first = parts[0][1]
    if len(parts) == 1:
        return first
    named = [(part.notebook, result) for part, result in parts]
    checks = tuple(
        replace(check, notebook=name) for name, each in named for check in each.cells
    )
    return replace(
        first,
        release=release([part for part, _ in parts]),
        score=scoring.total(checks),
        max_score=scoring.rounded(sum(each.max_score for _, each in named)),
        cells=checks,
        repairs=tuple(said + _of(n) for n, each in named for said in each.repairs),
        flags=tuple(said + _of(n) for n, each in named for said in each.flags),
        seconds=round(sum(each.seconds for _, each in named), 3),
    )


def release(parts: Sequence[Assignment]) -> str:
    """Return what names the release of an assignment: of several, a hash of all."""
    if len(parts) == 1:
        return parts[0].release
    text = "\n".join(part.release for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def apart(result: Result, part: Assignment) -> Result:
    """Return what `result`, of all notebooks, says of one of them."""
    if not any(check.notebook for check in result.cells):
        return result
    checks = [check for check in result.cells if check.notebook == part.notebook]
    return replace(
        result,
        release=part.release,
        score=scoring.total(checks),
        max_score=part.max_score,
        cells=tuple(replace(check, notebook="") for check in checks),
        repairs=_own(result.repairs, part),
        flags=_own(result.flags, part),
    )


def _of(name: str) -> str:
    # At the end: how a flag begins says whose fault it is.
    return f" ({name}.ipynb)"


def _own(said: Sequence[str], part: Assignment) -> tuple[str, ...]:
    ending = _of(part.notebook)
    return tuple(s.removesuffix(ending) for s in said if s.endswith(ending))


__all__ = ["apart", "matched", "release", "together"]
