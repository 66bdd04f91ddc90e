"""Numbers and lists as words: for labels, and for what a screen reader reads aloud."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["MOST", "counted", "listed", "number", "short", "span"]

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


def number(value: float) -> str:
    """Format a number without trailing zeros and with a real minus sign.

    Parameters
    ----------
    value
        Any number; NaN becomes ``?``.

    Returns
    -------
    str
        With at most two decimals, and with none from 1000 on.

    Examples
    --------
    >>> number(2.50), number(-1), number(1234.5)
    ('2.5', '−1', '1234')
    """
    if np.isnan(value):
        return "?"
    text = f"{value:.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short.replace("-", "−")


def span(values: ArrayLike) -> str:
    """Return the least and the greatest of some numbers in words.

    Parameters
    ----------
    values
        Numbers; NaN does not count.

    Returns
    -------
    str
        For example ``"−2 to 3"``.

    Examples
    --------
    >>> span([[1, 2.5], [-1, 0]])
    '−1 to 2.5'
    """
    finite = np.asarray(values, dtype=np.float64)
    finite = finite[np.isfinite(finite)]
    if not finite.size:
        return "? to ?"
    return f"{number(float(finite.min()))} to {number(float(finite.max()))}"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun.

    Parameters
    ----------
    count
        How many.
    noun
        What there is one of.

    Returns
    -------
    str
        With an s unless there is one.

    Examples
    --------
    >>> counted(1, "epoch"), counted(8, "epoch")
    ('1 epoch', '8 epochs')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
