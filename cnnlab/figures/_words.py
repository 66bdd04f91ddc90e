"""Make short texts: sentences that a screen reader reads aloud in one go."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["MOST", "listed", "short"]

MOST = 150  # characters


def listed(start: str, names: Iterable[object], between: str = ", ") -> str:
    """Return a start with as many names as a short text holds.

    Parameters
    ----------
    start
        How the text begins.
    names
        What follows.
    between
        What separates the names.

    Returns
    -------
    str
        Names that are left out are counted.

    Examples
    --------
    >>> listed("2 maps: ", ["across", "down"])
    '2 maps: across, down'
    >>> listed("", ["a name of many letters"] * 9)[-38:]
    ', a name of many letters and 4 more'
    """
    words = [str(name) for name in names]
    for left_out in range(len(words)):
        kept = between.join(words[: len(words) - left_out])
        text = f"{start}{kept} and {left_out} more" if left_out else start + kept
        if len(text) <= MOST - 1:
            return text
    return short(start + (words[0] if words else ""))


def short(text: str) -> str:
    """Return a text that is not too long, cut between two words if need be.

    Parameters
    ----------
    text
        One sentence.

    Returns
    -------
    str
        At most `MOST` characters.

    Examples
    --------
    >>> short("a few words")
    'a few words'
    """
    if len(text) <= MOST:
        return text
    return f"{text[: MOST - 2].rsplit(' ', 1)[0]} …"
