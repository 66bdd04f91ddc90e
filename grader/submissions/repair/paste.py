"""Remove from an answer what pasting and merging left in it. Pure.

That is: code fences from a chat, with or without the prose around them; the prompts of
a Python or IPython shell; the special blanks of web pages; merge-conflict markers that
nbdime wrote into a cell; a ``%md`` line that turns a code cell into text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.notebooks import magics
from grader.submissions.repair import conflicts

_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
# The prompts of a Python shell, and those of IPython: the first, and those that go on.
_PROMPTS = (
    (re.compile(r"^[ \t]*>>>(?: |$)"), re.compile(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)")),
    (re.compile(r"^In \[\d+\]: "), re.compile(r"^(?:In \[\d+\]: |[ \t]*\.{3,}: ?)")),
)
# Blanks that Python refuses outside of text, as ordinary ones; those without width go.
_WIDE = (0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_WITHOUT_WIDTH = (*range(0x200B, 0x200E), 0x2060, 0xFEFF)
_BLANKS = dict.fromkeys(_WIDE, " ") | dict.fromkeys(_WITHOUT_WIDTH, "")
_SPECIAL = re.compile(f"[{''.join(map(chr, _BLANKS))}]")
_INDENTATION = re.compile(rf"^(?:[ \t]|{_SPECIAL.pattern})+", re.MULTILINE)
_TEXT_MAGIC = re.compile(r"\A\s*%%?(?:md|markdown)[ \t]*(?:\n|(?=\S))")


def without_fences(text: str) -> str:
    r"""Return code without the fences around it, if only that makes it Python.

    Examples
    --------
    >>> without_fences("```python\nx = 1\n```")
    'x = 1'
    >>> without_fences("Try this:\n```\nx = 1\n```\nIt is short.")
    'x = 1'
    """
    if _FENCE.search(text) is None or magics.parsed(text) is not None:
        return text
    inner = _FENCE.split(text)[1:-1]
    code = [part.strip("\n") for part in inner if magics.parsed(part) is not None]
    for bare in (_FENCE.sub("", text).strip("\n"), "\n".join(filter(None, code))):
        if bare and magics.parsed(bare) is not None:
            return bare
    return text


def without_prompts(text: str) -> str:
    r"""Return code without the prompts of a shell, if only that makes it Python.

    IPython removes them, too, before it runs a cell.

    Examples
    --------
    >>> without_prompts(">>> def one():\n...     return 1")
    'def one():\n    return 1'
    >>> without_prompts("In [3]: x = 1\n   ...: y = 2")
    'x = 1\ny = 2'
    """
    lines = text.split("\n")
    first_line = next((line for line in lines if line.strip()), "")
    for first, prompt in _PROMPTS:
        if first.match(first_line) and magics.parsed(text) is None:
            bare = "\n".join(prompt.sub("", line, count=1) for line in lines)
            return bare if magics.parsed(bare) is not None else text
    return text


def with_plain_blanks(text: str) -> str:
    r"""Return code with ordinary blanks for special ones, if only that makes it Python.

    Those in text and comments stay, if it is enough to replace the indentation.

    Examples
    --------
    >>> with_plain_blanks("if x:\n\u00a0\u00a0y = 1")
    'if x:\n  y = 1'
    """
    if _SPECIAL.search(text) is None or magics.parsed(text) is not None:
        return text
    indented = _INDENTATION.sub(lambda found: found[0].translate(_BLANKS), text)
    for plain in (indented, text.translate(_BLANKS)):
        if magics.parsed(plain) is not None:
            return plain
    return text


def without_conflict(text: str, worth: Callable[[str], float]) -> str:
    """Return the version of a conflict that is worth most.

    Parameters
    ----------
    text
        Source of a cell, perhaps with conflict markers in it.
    worth
        Says how much a version is worth; of equals the first is taken.
    """
    content = text.encode("utf-8", "replace")
    if not conflicts.marked(content):
        return text
    return max((v.decode() for v in conflicts.versions(content)), key=worth)


def as_text(source: str) -> str | None:
    r"""Return the text of a code cell that a magic turns into text, or None.

    Examples
    --------
    >>> as_text("%md\nMedians are robust."), as_text("x = 1")
    ('Medians are robust.', None)
    """
    magic = _TEXT_MAGIC.match(source)
    return source[magic.end() :] if magic else None


__all__ = [
    "as_text",
    "with_plain_blanks",
    "without_conflict",
    "without_fences",
    "without_prompts",
]
