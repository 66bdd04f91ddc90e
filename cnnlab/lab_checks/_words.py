"""Words that several checks use."""

from __future__ import annotations

import numpy as np

__all__ = ["NOTHING", "kind"]

NOTHING = "it returned None: `print` shows a value, `return` hands it over"


def kind(value: object) -> str:
    """Return what kind of thing a value is, with its article."""
    if isinstance(value, np.ndarray):
        return "an array"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
