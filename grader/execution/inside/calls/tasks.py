"""Run coroutines of student code between the examiner's requests.

The kernel's own event loop runs them, as in a notebook, so that several wait at the
same time. The examiner asks again and again whether one has ended.
"""

from __future__ import annotations

import asyncio
from typing import Any


async def _awaiting(target: Any) -> Any:
    return await target


def start(target: Any) -> asyncio.Task[Any]:
    """Begin to await an object, and return the task that does."""
    return asyncio.get_running_loop().create_task(_awaiting(target))


def poll(task: asyncio.Task[Any]) -> tuple[bool, Any]:
    """Return whether a task has ended, and its result. Raise the error that ended it.

    Raises
    ------
    BaseException
        What the coroutine has raised.
    """
    if not task.done():
        return False, None
    return True, task.result()


def cancel(task: asyncio.Task[Any]) -> None:
    """Ask a task to end."""
    task.cancel()


__all__ = ["cancel", "poll", "start"]
