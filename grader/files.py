"""Write files so that a crash never leaves a part of one, and check file names."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from grader.errors import ClassError


def plain_name(name: str) -> str:
    """Return ``name`` if it can be one part of a path, and only that.

    Raises
    ------
    ClassError
        For an empty name, ``.``, ``..``, and names with a separator or NUL.
    """
    if name in {"", ".", ".."} or re.search(r"[/\\\0]", name):
        raise ClassError(
            f"{name!r} cannot name a folder or file of a class: names must not be "
            "empty, '.' or '..', nor contain '/', '\\' or NUL. Rename it."
        )
    return name


def replace_file(path: Path, text: str, *, durable: bool = False) -> None:
    """Write ``text`` to ``path`` in UTF-8; see :func:`replace_bytes`."""
    replace_bytes(path, text.encode("utf-8", "backslashreplace"), durable=durable)


def replace_bytes(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write ``content`` to ``path`` whole or not at all, making its folders.

    Readers see the old file or the new one, never a part of one.

    Parameters
    ----------
    path
        The file, which is replaced if it is there.
    content
        What is written.
    durable
        Keep this promise after a power cut, too; this waits for the disk.
    """
    # A name of its own, not the target's plus a suffix: that could be too long.
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with _created(draft) as file:
            file.write(content)
            if durable:
                file.flush()
                os.fdatasync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            draft.unlink()
        raise


def _created(path: Path) -> BinaryIO:
    """Create a file, and its folders only if they are missing."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def copy_file(content: Path, target: Path) -> None:
    """Copy a file to ``target`` whole or not at all, making its folders.

    Parameters
    ----------
    content
        The file to copy; it must not be a link.
    target
        Where the copy is written, over what was there.

    Raises
    ------
    OSError
        ``content`` is a link, or one of them cannot be read or written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    descriptor = os.open(content, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with os.fdopen(descriptor, "rb") as source, draft.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


__all__ = ["copy_file", "plain_name", "replace_bytes", "replace_file"]
