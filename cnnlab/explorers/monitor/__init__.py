"""Curves of a training that grow while it runs: a Keras callback."""

from __future__ import annotations

import functools
import json
import math
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnlab import figures
from cnnlab.exercises import is_person_present
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Field, Whole
from cnnlab.explorers.monitor._hooks import Hooks, Logs
from cnnlab.explorers.monitor._words import seen
from cnnlab.figures import Picture

__all__ = ["TrainingMonitor"]

MOST_EPOCHS = 1_000
CURVES = ("loss", "val_loss", "accuracy", "val_accuracy")
_NAMES = {"": "fit", "val_": "validation"}


class TrainingMonitor(Hooks, Explorer):
    """Loss and accuracy of training and validation, while the training runs.

    As a callback, ``model.fit(..., callbacks=[TrainingMonitor()])``, it shows curves
    that grow. It marks the best epoch, says what the curves mean, and where early
    stopping would stop. ``TrainingMonitor.of(history)`` shows a training that has
    ended; without both, a recorded one of ours.

    Parameters
    ----------
    text
        A state as a text, such as ``"monitor?epoch=6&patience=3"``.
    title
        What is trained.
    state
        Values that differ from the first state, by name.

    Raises
    ------
    ValueError
        If a value is not legal.
    """

    name = "monitor"
    fields: ClassVar[Mapping[str, Field]] = {
        "epoch": Whole(MOST_EPOCHS, 1, MOST_EPOCHS),
        "patience": Whole(2, 1, 50),
    }

    def __init__(self, text: str = "", *, title: str = "", **state: Any) -> None:
        super().__init__(text, **state)
        self._title = title
        self._history: dict[str, list[float | None]] | None = None
        self._filters: NDArray[Any] | None = None
        self._planned = 0
        self._has_ended = True
        self._is_watching = False
        self._asks = False
        self._shown: Any = None

    @classmethod
    def of(
        cls,
        history: Mapping[str, Sequence[float | None]],
        text: str = "",
        *,
        title: str = "",
        filters: ArrayLike | None = None,
        **state: Any,
    ) -> Self:
        """Show a training that has ended.

        Parameters
        ----------
        history
            Values by epoch as in the history of Keras' ``fit``: ``loss``, and if there
            are any ``accuracy``, ``val_loss`` and ``val_accuracy``.
        text
            A state as a text.
        title
            What was trained.
        filters
            A kernel of shape ``(height, width, channels, filters)``, for the static
            picture.
        state
            Values that differ from the first state, by name.

        Raises
        ------
        ValueError
            If the history is not as above, with what it is and what is legal.
        """
        monitor = cls(text, title=title, **state)
        monitor._history = _checked(history)
        monitor._filters = None if filters is None else np.asarray(filters)
        monitor._asks = True
        return monitor

    def watch(self, model: Any, title: str = "") -> None:
        """Follow each later call of ``model.fit``, without being passed as a callback.

        Parameters
        ----------
        model
            A Keras model.
        title
            What is trained.
        """
        fit = type(model).fit

        @functools.wraps(fit)
        def watched(*args: Any, callbacks: Any = None, **options: Any) -> Any:
            self._title, self._is_watching = title or self._title, True
            return fit(model, *args, callbacks=[*(callbacks or []), self], **options)

        model.fit = watched

    @property
    def history(self) -> dict[str, list[float | None]]:
        """Values by epoch; None stands for what is not a number."""
        return _recorded()["history"] if self._history is None else self._history

    @property
    def traits(self) -> dict[str, Any]:
        """What the page is given: the curves."""
        return {"state": self.state, "data": self._page()}

    def figure(self) -> Picture:
        """Return the curves as a static picture, with filters if there are any."""
        count = self.state["epoch"]
        history = {name: values[:count] for name, values in self.history.items()}
        drawn = {
            name: [math.nan if value is None else value for value in values]
            for name, values in history.items()
        }
        words = f"{self._named()}. {seen(history)}"
        if all(map(drawn.get, CURVES)):
            return figures.training_monitor(
                drawn, self._filters, title=self._named(), alt=words
            )
        series = {f"{_NAMES[p]} loss": drawn.get(f"{p}loss", []) for p in _NAMES}
        series = {name: values for name, values in series.items() if values}
        if not series:
            return figures.number_grid([[0]], title="No epoch has ended yet")
        return figures.curves(series, y_label="loss", title=self._named(), alt=words)

    # --- what Keras calls

    def on_train_begin(self, logs: Logs = None) -> None:  # noqa: ARG002
        """Show empty curves, if somebody looks."""
        self._history, self._has_ended = {}, False
        self._planned = int((self.params or {}).get("epochs") or 0)
        if is_person_present() and self._shown is None:
            self._shown = _display(self)
        self._send()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:  # noqa: ARG002
        """Add the results of an epoch to the curves."""
        if self._history is None:
            self._history = {}
        for name in CURVES:
            if name in (logs or {}):
                self._history.setdefault(name, []).append(_finite((logs or {})[name]))
        self._send()

    def on_train_end(self, logs: Logs = None) -> None:  # noqa: ARG002
        """Show the whole curves, so that they stay in the notebook when it is saved."""
        self._has_ended = True
        self._filters = _first_filters(self.model)
        self._send()
        if self._shown is not None:
            self._shown.update(self)
        elif not self._is_watching and not is_person_present():
            _display(self)

    # --- the page

    def _named(self) -> str:
        return self._title or (_recorded()["title"] if self._history is None else "")

    def _page(self) -> dict[str, Any]:
        history = self.history
        return {
            "title": self._named(),
            "history": {n: v[:MOST_EPOCHS] for n, v in history.items()},
            "planned": self._planned,
            "ended": self._has_ended,
            "ask": self._asks,
        }

    def _send(self) -> None:
        """Send the present curves to the page."""
        if self._link is not None:
            self._link.data = self._page()


def _display(monitor: TrainingMonitor) -> Any:
    """Show the monitor in a notebook; return what updates it, or None."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython
    from IPython.display import display

    return display(monitor, display_id=True) if get_ipython() else None


@cache
def _recorded() -> dict[str, Any]:
    file = Path(__file__).with_name("recorded.json")
    recorded: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return recorded


def _finite(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def _first_filters(model: Any) -> NDArray[Any] | None:
    """Return the kernel of the first layer that has one of four axes."""
    for layer in getattr(model, "layers", []):
        for array in layer.get_weights()[:1]:
            if array.ndim == 4:
                return np.asarray(array)
    return None


def _checked(history: Any) -> dict[str, list[float | None]]:
    """Return the known curves of a history, as plain numbers.

    Raises
    ------
    ValueError
        If there is no loss, or a curve is too long, of another length or not numbers.
    """
    if not isinstance(history, Mapping) or "loss" not in history:
        kind = list(history) if isinstance(history, Mapping) else type(history).__name__
        raise ValueError(
            f"history must be a dict of lists with the key 'loss', not {kind}"
        )
    count = np.size(np.asarray(history["loss"], dtype=object))
    if not 1 <= count <= MOST_EPOCHS:
        raise ValueError(f"history must hold 1 to {MOST_EPOCHS} epochs, not {count}")
    found: dict[str, list[float | None]] = {}
    for name in CURVES:
        if name not in history:
            continue
        values = list(history[name])
        if len(values) != count:
            raise ValueError(f"{name} must hold {count} values, not {len(values)}")
        try:
            found[name] = [None if v is None else _finite(v) for v in values]
        except (TypeError, ValueError):
            raise ValueError(f"{name} must hold numbers, not {values!r:.80}") from None
    return found
