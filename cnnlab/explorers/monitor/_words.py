"""What the curves of a training say: the best epoch, and a sentence. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

History = Mapping[str, Sequence[float | None]]

__all__ = ["History", "best_epoch", "said", "seen", "stopping_epoch"]


def best_epoch(values: Sequence[float | None]) -> int:
    """Return the epoch, counted from 1, of the lowest value; 0 if there is none."""
    cleaned = _clean(values)
    lowest = min(cleaned, default=math.inf)
    return cleaned.index(lowest) + 1 if lowest < math.inf else 0


def stopping_epoch(values: Sequence[float | None], patience: int) -> int:
    """Return the epoch after which Keras' ``EarlyStopping`` stops; 0 if it does not."""
    best, waited = math.inf, 0
    for epoch, value in enumerate(_clean(values), 1):
        waited = 0 if value < best else waited + 1
        best = min(best, value)
        if waited >= patience:
            return epoch
    return 0


def seen(history: History) -> str:
    """Return what the curves say so far, in one or two sentences."""
    fit, val = _clean(history.get("loss", [])), _clean(history.get("val_loss", []))
    best, n = best_epoch(val), len(fit)
    if n < 2:
        return "One epoch is too early to say." if n else "No epoch has ended yet."
    if math.inf in fit:
        return (
            "The training loss is not a number: the learning rate is much too large, "
            "or there is a mistake in the loss."
        )
    if fit[-1] > 0.98 * fit[0]:
        return (
            "The training loss has not fallen: is the learning rate too large or too "
            "small, or is there a mistake in the loss or the labels?"
        )
    if not best:
        return (
            "The training loss falls. Without validation images, nobody sees whether "
            "the model overfits."
        )
    if val[-1] > 1.02 * val[best - 1] and fit[-1] < fit[best - 1]:
        return (
            f"Since epoch {best} the training loss has fallen from "
            f"{said(fit[best - 1])} to {said(fit[-1])}, but the validation loss has "
            f"risen from {said(val[best - 1])} to {said(val[-1])}: the model overfits. "
            f"The best weights are those of epoch {best}."
        )
    if fit[-1] > 1.1 * min(fit):
        return (
            "The training loss has risen again: is the learning rate too large? The "
            f"best weights are those of epoch {best}."
        )
    if n > 4 and fit[-1] > 0.98 * fit[-4] and val[-1] > 0.98 * val[-4]:
        return (
            "Neither loss falls any more: more epochs do not help. Perhaps a smaller "
            "learning rate does."
        )
    if best == n:
        return "Both losses fall: the model learns, and more epochs may help."
    return (
        f"The training loss falls; the validation loss was lowest at epoch {best}, and "
        "may fall again: wait."
    )


def said(value: float) -> str:
    """Write a number of at least 0 with three digits."""
    if value < 1e-4:
        return "almost 0"
    if value >= 100:
        return str(math.floor(value + 0.5))
    return f"{float(f'{value:.3g}')}".removesuffix(".0")


def _clean(values: Sequence[float | None]) -> list[float]:
    """Return numbers, with infinity for what is not finite."""
    numbers = [math.inf if value is None else float(value) for value in values]
    return [value if math.isfinite(value) else math.inf for value in numbers]
