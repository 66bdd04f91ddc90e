"""Digits that a program draws, turned and moved, and what our network answers. Pure."""

from __future__ import annotations

from functools import cache

import numpy as np

from cnnlab.explorers.draw import DrawDigit
from cnnlab.explorers.errors._answers import Answers, checked

EACH = 16  # images of each digit

__all__ = ["example"]


@cache
def example() -> Answers:
    """Return 160 images, and the answers to them."""
    rng = np.random.default_rng(5)
    labels = np.tile(np.arange(10), EACH)
    images, shares = [], []
    for label in labels.tolist():
        turn, scale, noise = rng.integers((-28, 80, 0), (29, 131, 40)).tolist()
        right, down = rng.integers(-3, 4, 2).tolist()
        explorer = DrawDigit(
            pick=label,
            prepare=False,
            rotate=turn,
            scale=scale,
            noise=noise,
            right=right,
            down=down,
        )
        images.append(explorer.image())
        shares.append(explorer.probabilities())
    return checked(np.array(images), labels, np.array(shares))
