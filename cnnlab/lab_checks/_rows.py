"""What is wrong with a split into rows, and with a dataset of batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnnlab.lab_checks._words import NOTHING, kind

__all__ = ["pipeline_problem", "split_problem"]

Array = NDArray[Any]


def split_problem(labels: Array, parts: Any, counts: Mapping[int, int]) -> str:
    """Say what is wrong with a split into rows for fitting and for validation.

    Parameters
    ----------
    labels
        The class of each row.
    parts
        What the student's function returned.
    counts
        ``{class: rows that must go to validation}``.
    """
    if parts is None:
        return NOTHING
    if not isinstance(parts, tuple | list) or len(parts) != 2:
        return f"return two arrays, `return fit_rows, val_rows`, not {kind(parts)}"
    fit, val = (np.asarray(rows) for rows in parts)
    if fit.ndim != 1 or val.ndim != 1 or {fit.dtype.kind, val.dtype.kind} - set("iu"):
        return "return row numbers: two 1-D arrays of whole numbers"
    if both := np.intersect1d(fit, val).tolist():
        return f"row {both[0]} is in both parts"
    missing = np.setdiff1d(np.arange(len(labels)), np.concatenate([fit, val]))
    if missing.size:
        return f"row {missing[0]} is in neither part"
    if fit.size + val.size != len(labels):
        return "a row is there twice in one part"
    for label, count in counts.items():
        got, rows = (int(np.sum(some == label)) for some in (labels[val], labels))
        if got != count:
            swapped = got == rows - count
            lead = "return fit_rows first" if swapped else "split each class by itself"
            text = f"val_rows has {got} of the {rows} rows of class {label}"
            return f"{text}, not {count}: {lead}"
    return ""


def pipeline_problem(batches: Any, labels: Array, size: int, training: bool) -> str:
    """Say what is wrong with a dataset of batches. Each image is filled with its label.

    Parameters
    ----------
    batches
        What the student's function returned.
    labels
        All labels, in rising order.
    size
        Rows in a batch.
    training
        Whether the order must be random.
    """
    if batches is None:
        return NOTHING
    if "Dataset" not in repr(batches):
        return f"return a tf.data.Dataset, not {kind(batches)}"
    passes = []
    for _ in range(2):
        pairs = list(islice(batches, len(labels) + 1))
        if problem := _batches_problem(pairs, labels, size):
            return problem
        passes.append(np.concatenate([np.asarray(pair[1]) for pair in pairs]))
    if problem := _order_problem(passes, labels, size, training):
        return problem
    return "" if "Prefetch" in repr(batches) else "prefetch, as the last step"


def _batches_problem(pairs: Sequence[Any], labels: Array, size: int) -> str:
    """Say what is wrong with the batches of one pass."""
    if not all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs):
        return "each batch must be a pair: images, labels"
    found = [len(np.asarray(pair[1])) if np.ndim(pair[1]) else 0 for pair in pairs]
    starts = range(0, len(labels), size)
    asked = [min(size, len(labels) - start) for start in starts]
    if found != asked:
        shown = f"{found[:5]}{' …' if len(found) > 5 else ''}".replace("] …", ", …]")
        return f"one pass gives batches of {shown} rows, not {asked}"
    for images, of in pairs:
        pixels = np.asarray(images)
        if pixels.ndim != 4:
            return f"images of shape {pixels.shape}: are images and labels exchanged?"
        if not np.array_equal(pixels[:, 0, 0, 0], np.asarray(of)):
            return "an image has the label of another one"
    seen = np.sort(np.concatenate([np.asarray(pair[1]) for pair in pairs]))
    if not np.array_equal(seen, labels):
        return "one pass must give each row once"
    return ""


def _order_problem(
    passes: Sequence[Array], labels: Array, size: int, training: bool
) -> str:
    first, second = passes
    in_order = np.array_equal(first, labels)
    if not training:
        return "" if in_order else "without training, the rows must keep their order"
    if in_order:
        return "with training, the order must be random"
    if np.array_equal(first, second):
        return "both passes had the same order: shuffle anew in each"
    rows = np.searchsorted(labels, first)
    if np.mean(np.diff(rows) == 1) > 0.5:
        return "whole batches were shuffled: shuffle the rows before you make batches"
    if rows[:size].max() < 2 * size:
        return "the first batch has only rows from the beginning: shuffle(len(images))"
    return ""
