"""Make Keras trace a training step only once in kernels.

Unless it trains on several devices, Keras with TensorFlow makes the variables of the
optimizer and of the metrics while it traces the first step. TensorFlow then traces the
step again, without making variables. That is half of the time of a short training. With
other backends Keras makes the variables first, from the shapes of a batch. Kernels do
the same here, for models that consist of Keras' own classes. The results do not change.

Keras has no public way to do this. If another version of Keras lacks a private name
that is used here, training goes on as Keras does it.
"""

# ruff: noqa: SLF001 - private names of Keras, for the reason above

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable
from typing import Any


def install() -> None:
    """Make Keras, if it is imported, create variables before it traces a step."""
    keras = sys.modules.get("keras")
    if keras is None or keras.backend.backend() != "tensorflow":
        return
    for owner in keras.Model.__mro__:
        if "_maybe_symbolic_build" in vars(owner):
            owner._maybe_symbolic_build = _building_first(owner._maybe_symbolic_build)
            return


def _building_first(original: Any) -> Any:
    """Return `original` as a function that first makes variables where that is safe."""

    def build(model: Any, iterator: Any = None, data_batch: Any = None) -> Any:
        # If this fails, Keras will fail in the same way, and raise its usual error.
        with contextlib.suppress(Exception):
            if _is_keras_own(model):
                batch = data_batch if iterator is None else _shapes(iterator)
                model._symbolic_build(data_batch=batch)
        return original(model, iterator=iterator, data_batch=data_batch)

    return build


def _is_keras_own(model: Any) -> bool:
    """Say whether all layers are built, and all parts are classes of Keras."""
    kinds = ("_user_metrics", "_user_weighted_metrics")
    metrics = [getattr(model._compile_metrics, kind, None) for kind in kinds]
    parts = [*model._flatten_layers(), model.optimizer, *_flat([model.loss, *metrics])]
    return (
        not model.run_eagerly
        and model._distribute_strategy is None
        and all(layer.built for layer in model._flatten_layers())
        and all(isinstance(p, str) or _comes_with_keras(p) for p in parts)
    )


def _flat(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [part for item in value for part in _flat(item)]
    return [] if value is None else [value]


def _comes_with_keras(part: Any) -> bool:
    home = getattr(part, "__module__", None) or type(part).__module__
    return str(home).partition(".")[0] == "keras"


def _shapes(iterator: Any) -> Any:
    """Return the shapes of a dataset's batches, without drawing a batch."""
    keras = sys.modules["keras"]

    def shape(spec: Any) -> Any:
        return keras.KerasTensor(tuple(spec.shape), spec.dtype.name)

    return keras.tree.map_structure(shape, iterator._distributed_dataset.element_spec)


__all__ = ["install"]
