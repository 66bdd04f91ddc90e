"""Decide whether a student has worked on a cell, or it is blank: as released. Pure.

The blank answers of a submission are :attr:`grader.submissions.merge.Merged.blank`. An
answer that was found in another cell is not blank.
"""

from __future__ import annotations

from grader.submissions.align import Profile


def worked_on(released: Profile, text: str) -> bool:
    r"""Say whether a text has a line that the released cell does not have.

    In code, comments do not count, nor do statements that do nothing: ``pass``, ``...``
    and ``return None``.

    Parameters
    ----------
    released
        The cell as it was released.
    text
        The student's text.

    Examples
    --------
    >>> from grader.notebooks.cells import new_cell
    >>> released = Profile(new_cell("code", "x = 0\n# TODO", "a"))
    >>> worked_on(released, "x = 0\n# not yet"), worked_on(released, "x = 0\n...")
    (False, False)
    >>> worked_on(released, "x = 1")
    True
    """
    before = {line.strip() for line in released.text.split("\n")}
    added = {line.strip() for line in text.split("\n")} - before - {""}
    return any(not (released.code and _says_nothing(line)) for line in added)


def _says_nothing(line: str) -> bool:
    """Say whether a line of code is a comment or does nothing."""
    code, _, _ = line.partition("#")
    return " ".join(code.split()) in ("", "...", "pass", "return", "return None")


__all__ = ["worked_on"]
