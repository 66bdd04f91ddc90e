"""Handle Ctrl-C, whether it is pressed once or several times."""

from __future__ import annotations

import math
import time

IN_A_ROW_SECONDS = 3.0

__all__ = ["Interrupts"]


class Interrupts:
    """A handler of SIGINT that treats several Ctrl-C in a row as one.

    The first one starts the clean-up, and the next ones must not interrupt it. After
    `IN_A_ROW_SECONDS`, Ctrl-C counts again: Python drops an exception that is raised
    in a finaliser, so the first one may have been lost.
    """

    def __init__(self) -> None:
        self._counted = -math.inf

    def __call__(self, *_: object) -> None:
        now = time.monotonic()
        if now - self._counted > IN_A_ROW_SECONDS:
            self._counted = now
            raise KeyboardInterrupt
