"""What the examiner may ask to be done with the student's objects."""

from __future__ import annotations

import copy
import importlib
import logging
import math
import operator
import random
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.execution.inside.calls import descriptions, tasks
from grader.execution.wire.abilities import (
    ARITHMETIC,
    COMPARISONS,
    IN_PLACE,
    SPECIAL_CALLS,
)


def _special(name: str) -> Callable[..., Any]:
    """Return a function that calls a special method as Python does: on the type."""

    def call(target: Any, *args: Any) -> Any:
        return getattr(type(target), name)(target, *args)

    return call


def _throw(target: Any, *error: Any) -> Any:
    return target.throw(*error)


def _ask_library(
    module: str, name: str, args: list[Any], kwargs: dict[str, Any]
) -> Any:
    result = getattr(importlib.import_module(module), name)(*args, **kwargs)
    # All at once: each step would be a request.
    return list(result) if isinstance(result, types.GeneratorType) else result


def _seed(module: str, seed: Any) -> None:
    (np.random.seed if module == "numpy" else random.seed)(seed)


def _levels(levels: dict[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name or None).setLevel(level)


def _named(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(operator, name, None) or getattr(
        operator, f"{name}_"
    )
    return found


def _exact(function: Callable[..., str]) -> Callable[..., str]:
    """Return a function whose result is exactly a str, of no class of the student."""
    return lambda *args: str.__str__(function(*args))


OPERATIONS: dict[str, Callable[..., Any]] = {
    **{
        name: _named(name)
        for name in (*ARITHMETIC, *IN_PLACE, *COMPARISONS)
        if name not in ("divmod", "pow")
    },
    **{name: _special(f"__{name}__") for name in SPECIAL_CALLS},
    "divmod": divmod,
    "pow": pow,
    "neg": operator.neg,
    "pos": operator.pos,
    "abs": abs,
    "invert": operator.invert,
    "int": int,
    "float": float,
    "complex": complex,
    "index": operator.index,
    "bool": bool,
    "bytes": bytes,
    "round": round,
    "trunc": math.trunc,
    "floor": math.floor,
    "ceil": math.ceil,
    "len": len,
    "length_hint": operator.length_hint,
    "iter": iter,
    "next": next,
    "reversed": reversed,
    "hash": hash,
    "array": np.asarray,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "delitem": operator.delitem,
    "contains": operator.contains,
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "repr": _exact(repr),
    "str": _exact(str),
    "format": _exact(format),
    "dir": dir,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "isinstance": isinstance,
    "issubclass": issubclass,
    "send": lambda target, value: target.send(value),
    "throw": _throw,
    "close": lambda target: target.close(),
    "task": tasks.start,
    "poll": tasks.poll,
    "cancel": tasks.cancel,
    "signature": descriptions.signature,
    "library": _ask_library,
    "seed": _seed,
    "levels": _levels,
}

__all__ = ["OPERATIONS"]
