"""Text that may come from a student, made safe to print."""

from __future__ import annotations


def printable(text: str, *, keep: str = "") -> str:
    """Return a text with characters that are not printable as escape sequences.

    Such characters could control a terminal, or hide what else a text says.

    Parameters
    ----------
    text
        The text.
    keep
        Characters that stay as they are.

    Examples
    --------
    >>> printable("[red]" + chr(27) + "[2J") == "[red]" + chr(92) + "x1b[2J"
    True
    """
    return "".join(
        c if c.isprintable() or c in keep else c.encode("unicode_escape").decode()
        for c in text
    )
