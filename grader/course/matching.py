"""Several notebooks in one assignment: which file is which, one result of all.

nbgrader's courses may have them, and keep grade_ids per notebook. Each notebook
is graded alone; here the results are put together for ``results.jsonl``, and
taken apart again for pages and database. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TypeVar

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


__all__ = ["matched"]
