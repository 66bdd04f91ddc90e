"""The levels of loggers that a test sets, which the kernel has to know.

A record that does not pass its logger's level is dropped in the jail already.
"""

from __future__ import annotations

import logging
from typing import Any

_set_level = logging.Logger.setLevel


class Levels:
    """The levels that tests have set.

    Attributes
    ----------
    by_name : dict
        The level of each logger that a test has touched; the root's name is empty.
    version : int
        How often one was set.
    """

    def __init__(self) -> None:
        self.by_name: dict[str, int] = {}
        self.version = 0

    def install(self) -> None:
        """Note from now on which levels are set."""
        levels = self

        def set_level(logger: logging.Logger, level: Any) -> None:
            _set_level(logger, level)
            is_root = isinstance(logger, logging.RootLogger)
            levels.by_name["" if is_root else logger.name] = logger.level
            levels.version += 1

        logging.Logger.setLevel = set_level  # type: ignore[assignment, method-assign]


LEVELS = Levels()

__all__ = ["LEVELS", "Levels"]
