"""Find out when a git repository was last committed to.

The repository may be a student's, so git must not read its configuration, which can
name commands to run. Instead, an empty repository of ours borrows its objects.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

_SECONDS = 20
_LONGEST = 1 << 20
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_COMMITTED = re.compile(r"^committer .* (\d+) [+-]\d{4}$", re.MULTILINE)


def commit_time(folder: Path) -> datetime | None:
    """Return the time of the commit that is checked out; None if it is not known."""
    git = shutil.which("git")
    commit = _head_commit(folder / ".git")
    if git is None or commit is None:
        return None
    with tempfile.TemporaryDirectory(prefix="grader-git-") as repository:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_DIR": repository,
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(folder / ".git" / "objects"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
        }
        try:
            _git(git, environment, "init", "--bare", "--quiet")
            text = _git(git, environment, "cat-file", "commit", commit)
        except (OSError, subprocess.SubprocessError):
            return None
    match = _COMMITTED.search(text.partition("\n\n")[0])
    return datetime.fromtimestamp(int(match[1]), UTC) if match else None


def _git(git: str, environment: dict[str, str], *arguments: str) -> str:
    process = subprocess.run(
        [git, *arguments],
        env=environment,
        capture_output=True,
        check=True,
        timeout=_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    return process.stdout[:_LONGEST].decode("utf-8", "replace")


def _head_commit(git: Path) -> str | None:
    """Return the hash of the commit that HEAD refers to, without running git."""
    head = _read_text(git / "HEAD")
    if head.startswith("ref: "):
        name = head.removeprefix("ref: ")
        if not name.startswith("refs/") or ".." in name:
            return None
        head = _read_text(git / name) or _packed_commit(git, name)
    return head if _HASH.fullmatch(head) else None


def _packed_commit(git: Path, name: str) -> str:
    for line in _read_text(git / "packed-refs").splitlines():
        commit, _, ref = line.partition(" ")
        if ref == name:
            return commit
    return ""


def _read_text(path: Path) -> str:
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace").strip()
    except OSError:
        return ""


__all__ = ["commit_time"]
