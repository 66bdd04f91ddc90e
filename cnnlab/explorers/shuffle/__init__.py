"""One new order of pixels for all pictures, and which of two layers notices it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Whole
from cnnlab.explorers.shuffle._pictures import MOST, NAMES, pictures
from cnnlab.figures import Picture

__all__ = ["PixelShuffle"]

Whole2D = NDArray[np.int64]

_SMALLEST, _LARGEST, _MOST_PICTURES, _WHITE = 3, 14, 4, 255


class PixelShuffle(Explorer):
    """The same shuffle of the pixels for every picture, and what two layers notice.

    Pixels stay, move in blocks, within blocks or to anywhere. Shown before and after:
    the pictures, how alike neighbours are, the outputs of a dense layer, with its
    weights moved and not, and those of a convolution.

    Parameters
    ----------
    text
        A state as a text, such as ``"shuffle?how=blocks"``; the first state if empty.
    images
        Pictures of your own in place of the built-in ones: one, 2-D, or up to 4 of the
        same size, 3-D; each side from 3 to 14, whole grey values from 0 to 255. They
        are no part of the state: give them again where the text is opened.
    state
        Values that differ from it, by name.

    Raises
    ------
    ValueError
        If a name is unknown, a value is out of range, or `images` are no such pictures.
    """

    name = "shuffle"
    fields: ClassVar[Mapping[str, Field]] = {
        "pick": Whole(0, 0, 3),
        "how": Choice("all", ("none", "blocks", "within", "all")),
        "block": Whole(4, 2, 6),
        "seed": Whole(1, 0, 999),
        "unit": Whole(0, 0, 2),
        "row": Whole(4, 0, 13),
        "column": Whole(7, 0, 13),
    }

    def __init__(
        self, text: str = "", *, images: ArrayLike | None = None, **state: Any
    ) -> None:
        super().__init__(text, **state)
        shown, names = pictures(), list(NAMES)
        most = MOST
        if images is not None:
            own = _own(images)
            shown, names = own.tolist(), [f"picture {n}" for n in range(len(own))]
            most = max(int(own.max()), 1)
            if self._state["pick"] >= len(own):
                raise ValueError(
                    f"pick must be below {len(own)}, the number of images, "
                    f"not {self._state['pick']}"
                )
        self._data = {"images": shown, "names": names, "most": most}

    def figure(self) -> Picture:
        """Return all pictures, and below each the same picture with moved pixels."""
        s, names = self.state, self._data["names"]
        images = np.array(self._data["images"])
        count, rows, columns = images.shape
        order = _order(s, rows, columns)
        mixed = images.reshape(count, -1)[:, order].reshape(images.shape)
        captions = [
            f"{kind} {name}" for kind in ("plain", "shuffled") for name in names
        ]
        at = min(s["pick"], count - 1)
        r = [_alike(both[at]) for both in (images, mixed)]
        alt = (
            f"{', '.join(names)}; below, their pixels moved: {_HOW[s['how']]}. "
            f"The correlation of neighbours in {names[at]} goes from {r[0]} to {r[1]}"
        )
        return figures.image_grid([*images, *mixed], captions, columns=count, alt=alt)


_HOW = {
    "none": "not at all",
    "blocks": "whole blocks",
    "within": "within blocks",
    "all": "all pixels",
}


def _own(images: ArrayLike) -> Whole2D:
    """Return pictures of the user's own, checked, as an array of three axes."""
    try:
        own = np.asarray(images, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            f"images must be numbers, all rows of one length, not {images!r:.80}"
        ) from None
    shape = own.shape
    own = own[None] if own.ndim == 2 else own
    sides = own.shape[1:]
    few = own.ndim == 3 and 1 <= len(own) <= _MOST_PICTURES
    if not few or not _SMALLEST <= min(sides) <= max(sides) <= _LARGEST:
        raise ValueError(
            f"images must have the shape (rows, columns) or, up to {_MOST_PICTURES} of "
            f"them, (count, rows, columns); rows and columns from {_SMALLEST} to "
            f"{_LARGEST}, not {shape}"
        )
    wrong = own[~((own >= 0) & (own <= _WHITE) & (own == np.floor(own)))]
    if wrong.size:
        raise ValueError(
            f"images must hold whole numbers from 0 to {_WHITE}, not {wrong[0]}"
        )
    return own.astype(np.int64)


# --- the order, as in arithmetic.mjs ----------------------------------------------


def _random(n: int, seed: int) -> Whole2D:
    """Return 0 to n - 1 in random order, which the seed alone decides."""
    key, keys = (seed + 1) * 69621, []
    for _ in range(n):
        key = key * 16807 % 2147483647
        keys.append(key)
    return np.argsort(keys)


def _order(s: Mapping[str, Any], rows: int, columns: int) -> Whole2D:
    """Return from which position each pixel comes, row by row."""
    places = np.arange(rows * columns)
    block, how = s["block"], s["how"]
    if how == "none":
        return places
    if how == "blocks":
        return _whole_blocks(places.reshape(rows, columns), block, s["seed"]).ravel()
    mixed = _random(rows * columns, s["seed"])
    if how == "all":
        return mixed
    i, j = np.indices((rows, columns)) // block
    homes = (i * columns + j).ravel()
    order = np.empty_like(places)
    for home in np.unique(homes):
        order[homes == home] = mixed[homes[mixed] == home]
    return order


def _whole_blocks(places: Whole2D, block: int, seed: int) -> Whole2D:
    """Move whole blocks; what lies beside the last of them stays."""
    down, across = (n // block for n in places.shape)
    moved = places.copy()
    for to, start in enumerate(_random(down * across, seed)):
        (i, j), (p, q) = divmod(to, across), divmod(int(start), across)
        moved[i * block :, j * block :][:block, :block] = places[
            p * block : (p + 1) * block, q * block : (q + 1) * block
        ]
    return moved


def _alike(image: Whole2D) -> str:
    """Return the correlation of neighbours, in words."""
    first = np.concatenate([image[:, :-1].ravel(), image[:-1].ravel()])
    second = np.concatenate([image[:, 1:].ravel(), image[1:].ravel()])
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return "none, as all are equal,"
    return f"{round(np.corrcoef(first, second)[0, 1], 2) + 0.0:.2f}"
