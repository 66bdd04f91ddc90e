"""Modules that take seconds to import: tests name them at the top, and import late."""

from __future__ import annotations

from typing import Any

import pytest


class Late:
    """A module that is imported when a test first uses it, or skips the test.

    Parameters
    ----------
    name
        The module's full name.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(pytest.importorskip(self._name), attribute)


__all__ = ["Late"]
