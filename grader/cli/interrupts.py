"""Ctrl-C, pressed once or many times."""

from __future__ import annotations

import math
import time

IN_A_ROW_SECONDS = 3.0

__all__ = ["Interrupts"]


class Interrupts:
    """A handler of SIGINT that takes several Ctrl-C in a row for one.

    The rest of them must not stop the tidying that the first began. One that comes
    later counts again: Python drops an exception that is raised in a finaliser, so
    that the first may have been lost.
    """

    def __init__(self) -> None:
        self._counted = -math.inf

    def __call__(self, *_: object) -> None:
        now = time.monotonic()
        if now - self._counted > IN_A_ROW_SECONDS:
            self._counted = now
            raise KeyboardInterrupt
