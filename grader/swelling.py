"""Keep what a student's kernel sends from filling our own memory.

ZeroMQ bounds a message's parts in size and waiting messages in number, but a message
may have parts without end, and it takes them in while nobody reads. So a thread looks
at how much memory this process has gained since the kernel came up.
"""

from __future__ import annotations

import resource
import threading
from collections.abc import Callable
from pathlib import Path

LOOK_SECONDS = 0.05
#: More than all messages that may wait for us at once, with room to work on them.
MOST_BYTES = 256 << 20


class Watch:
    """Calls `stop` once, from its own thread, if this process grows by `most` bytes.

    Attributes
    ----------
    tripped : bool
        Whether it has.
    """

    def __init__(self, stop: Callable[[], None], most: int = MOST_BYTES) -> None:
        self.tripped = False
        self._stop = stop
        self._end = resident_bytes() + most
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            if resident_bytes() > self._end:
                self.tripped = True
                self._stop()
                return

    def close(self) -> None:
        """Look no more; `stop` is not called after this returns. Idempotent."""
        self._closed.set()
        self._thread.join()


def resident_bytes() -> int:
    """Return how much memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


__all__ = ["Watch", "resident_bytes"]
