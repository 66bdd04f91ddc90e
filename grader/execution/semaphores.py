"""Check that this machine has what several worker processes need to work together.

Python's pools of processes use named semaphores. Linux keeps them in ``/dev/shm``, a
folder that some containers lack or mount read-only.
"""

from __future__ import annotations

import multiprocessing

from grader.errors import UsageError

FOLDER = "/dev/shm"  # noqa: S108 - where the C library keeps semaphores
REMEDY = (
    f"mount memory at {FOLDER} that all users can write: with Docker leave out --ipc "
    f"none, or add --tmpfs {FOLDER}; with Kubernetes mount an emptyDir with the medium "
    f"Memory there; as root: mount -t tmpfs -o mode=1777 tmpfs {FOLDER}"
)


def obstacle() -> str | None:
    """Return why no semaphore can be made, None if one can. This makes one.

    One for forks: Python removes its name at once. For one with a name, Python would
    start a process, which imports modules from the current folder, a student's maybe.
    """
    try:
        multiprocessing.get_context("fork").Lock()
    except OSError as error:
        return f"{FOLDER}: {error.strerror or error}"
    except ImportError as error:
        return f"this Python has no semaphores: {error}"
    return None


def require_semaphores() -> None:
    """Check that worker processes can be started.

    Raises
    ------
    UsageError
        If they cannot, with the reason and the remedy.
    """
    if why := obstacle():
        raise UsageError(
            "Worker processes cannot be started, because they need semaphores, which "
            f"cannot be made ({why}). Nothing was run. To make it possible, {REMEDY}. "
            "Then check with: grader doctor"
        )


__all__ = ["FOLDER", "REMEDY", "obstacle", "require_semaphores"]
