"""Start Python without the current folder on its path.

multiprocessing starts its helpers with ``python -c``, which looks for modules in the
current folder first. If that is a student's folder, the student's ``random.py`` would
run outside of any jail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

SAFE_PATH = "PYTHONSAFEPATH"


@contextmanager
def without_current_folder() -> Iterator[None]:
    """Let Python processes that start meanwhile import nothing from that folder."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


__all__ = ["SAFE_PATH", "without_current_folder"]
