"""Start Python without the present folder on its path.

multiprocessing starts its helpers with ``python -c``, which imports modules of the
present folder first. Whoever grades from inside a student's folder would run the
student's ``random.py`` there, outside of any jail.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

SAFE_PATH = "PYTHONSAFEPATH"


@contextmanager
def without_present_folder() -> Iterator[None]:
    """Let Python processes that are started meanwhile import nothing from there."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


__all__ = ["SAFE_PATH", "without_present_folder"]
