"""Find the line of a cell by which a reader recognises it. Pure."""

from __future__ import annotations

import re

CHARACTERS = 60
_SAYS_LITTLE = re.compile(r"#|%|!|raise NotImplementedError|pass$|<|\"\"\"$|$")


def headline(source: str, characters: int = CHARACTERS) -> str:
    r"""Return the first line that is no comment, no magic and no mere stub; or "".

    Parameters
    ----------
    source
        Text of a cell.
    characters
        The most characters to return.

    Examples
    --------
    >>> headline("# YOUR CODE HERE\nraise NotImplementedError()")
    ''
    >>> headline("### the test\nassert x == 1\n")
    'assert x == 1'
    """
    lines = (line.strip() for line in source.splitlines())
    line = next((line for line in lines if not _SAYS_LITTLE.match(line)), "")
    return line if len(line) <= characters else line[: characters - 1].rstrip() + "…"


__all__ = ["headline"]
