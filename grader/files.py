"""Write files whole or not at all, so that a crash never leaves a part of one."""

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
    """Return ``name`` if it is safe as the name of one folder or file.

    Raises
    ------
    ClassError
        If it is empty, ``.`` or ``..``, or has a path separator or NUL in it.
    """
    if name in {"", ".", ".."} or re.search(r"[/\\\0]", name):
        raise ClassError(
            f"{name!r} cannot name a folder or file of a class: names must not be "
            "empty, '.' or '..', nor contain '/', '\\' or NUL. Rename it."
        )
    return name


def replace_file(path: Path, text: str, *, durable: bool = False) -> None:
    """Write ``text`` to ``path`` in UTF-8, whole or not at all.

    Parameters
    ----------
    path, durable
        As for :func:`replace_bytes`.
    text
        What is written. Halves of surrogate pairs are written as escapes.
    """
    replace_bytes(path, text.encode("utf-8", "backslashreplace"), durable=durable)


def replace_bytes(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write ``content`` to ``path`` whole or not at all, making its folders.

    Readers see the old file or the new one, never a part of one.

    Parameters
    ----------
    path
        The file to create or replace.
    content
        What is written.
    durable
        Whether this must hold after a power cut, too. It then waits for the disk.
    """
    # The target's name with a suffix could be too long for the file system.
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
    """Open a new file for writing; make its folders if they are missing."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def copy_file(origin: Path, target: Path) -> None:
    """Copy a file to ``target`` whole or not at all, making its folders.

    Parameters
    ----------
    origin
        The file to copy; it must not be a symbolic link.
    target
        Where the copy is written. A file that is already there is replaced.

    Raises
    ------
    OSError
        If ``origin`` is a symbolic link, or one of the two files cannot be read or
        written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{secrets.token_hex(8)}.tmp")
    descriptor = os.open(origin, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        with os.fdopen(descriptor, "rb") as source, draft.open("xb") as copy:
            shutil.copyfileobj(source, copy)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


__all__ = ["copy_file", "plain_name", "replace_bytes", "replace_file"]
