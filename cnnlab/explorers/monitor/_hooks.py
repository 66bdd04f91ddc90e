"""What Keras calls on a callback. Keras is not imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

__all__ = ["Hooks"]

Logs = Mapping[str, Any] | None


def _ignored(self: object, *given: object, **named: object) -> None:
    """Do nothing."""


class Hooks:
    """A callback for ``model.fit`` that does nothing.

    Keras asks only for methods of these names, not for a class of its own. So a
    callback can be made where Keras is missing.
    """

    # Nothing is done for a batch, so training need not wait for it.
    async_safe: ClassVar[bool] = True
    model: Any = None
    params: Mapping[str, Any] | None = None

    on_batch_begin = on_batch_end = _ignored
    on_train_batch_begin = on_train_batch_end = _ignored
    on_test_batch_begin = on_test_batch_end = _ignored
    on_predict_batch_begin = on_predict_batch_end = _ignored
    on_test_begin = on_test_end = _ignored
    on_predict_begin = on_predict_end = _ignored

    def set_model(self, model: Any) -> None:
        """Take the model that is trained."""
        self.model = model

    def set_params(self, params: Mapping[str, Any]) -> None:
        """Take the parameters of ``fit``, such as ``epochs``."""
        self.params = params

    def on_train_begin(self, logs: Logs = None) -> None:
        """Take note that training begins."""

    def on_train_end(self, logs: Logs = None) -> None:
        """Take note that training has ended."""

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Take note that an epoch begins."""

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Take note of an epoch's results."""
