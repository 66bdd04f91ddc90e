"""Build a network from layers, and read what each of them costs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Field, Text, Whole
from cnnlab.figures import Picture

Layer = dict[str, Any]

__all__ = ["ArchitectureBuilder"]

# Keras' name of each kind, and what is written after its letter.
_KINDS = {
    "c": ("Conv2D", "filters", "window", "stride", "same"),
    "p": ("MaxPooling2D", "window", "stride", "same"),
    "a": ("AveragePooling2D", "window", "stride", "same"),
    "g": ("GlobalAveragePooling2D",),
    "f": ("Flatten",),
    "d": ("Dense", "units"),
    "b": ("BatchNormalization",),
    "r": ("ReLU",),
}
_LETTERS = {name: letter for letter, (name, *_) in _KINDS.items()}
_MOST = 24
_WINDOW = "([1-9]|1[0-5]),[1-9],[sv]"
_FORM = f"^(c[1-9][0-9]{{0,3}},{_WINDOW}|[pa]{_WINDOW}|d[1-9][0-9]{{0,3}}|[gfbr])$"
_LEGAL = {
    "filters": {"low": 1, "high": 9999},
    "units": {"low": 1, "high": 9999},
    "window": {"low": 1, "high": 15},
    "stride": {"low": 1, "high": 9},
}
_ADDED = ("c8,3,1,s", "p2,2,v", "a2,2,v", "g", "f", "d10", "b", "r")
_RULE = (
    f"write up to {_MOST} layers cN,K,S,P; pK,S,P; aK,S,P; dN; g; f; b; r, joined by ~ "
    "(N 1 to 9999, K 1 to 15, S 1 to 9, P s or v)"
)
# Kinds of `figures.architecture`.
_DRAWN = {
    "c": "conv",
    "p": "pool",
    "a": "pool",
    "g": "global",
    "f": "flatten",
    "d": "dense",
    "b": "norm",
    "r": "relu",
}


@dataclass(frozen=True)
class _Stack(Text):
    """Write layers as a short text, and read them."""

    def complaint(self, name: str, value: Any) -> str:
        """Return what is wrong with a value, and what is legal; empty if nothing is."""
        if wrong := super().complaint(name, value):
            return wrong
        _, wrong = _parse(value)
        return wrong and f"{name} must be layers, not {value!r:.80}: {wrong}"


class ArchitectureBuilder(Explorer):
    """A network built layer by layer: shapes, parameters, work, what a unit sees.

    Layers are added, moved and deleted by keys or by dragging; each number has its
    formula. What Keras would refuse is explained at its layer, and a budget of
    parameters can be kept. ``ArchitectureBuilder.of(model)`` shows a Keras model.

    A stack is a text, one part for each layer: ``c4,5,1,s`` is a ``Conv2D`` with 4
    filters of 5×5, stride 1, ``"same"``; ``p2,2,v`` a ``MaxPooling2D``, ``a2,2,v`` an
    ``AveragePooling2D``, ``g`` a ``GlobalAveragePooling2D``, ``f`` a ``Flatten``,
    ``d10`` a ``Dense``, ``b`` a ``BatchNormalization``, ``r`` a ``ReLU``.
    """

    name = "architecture"
    fields: ClassVar[Mapping[str, Field]] = {
        "rows": Whole(28, 1, 512),
        "columns": Whole(28, 1, 512),
        "channels": Whole(1, 1, 512),
        "stack": _Stack(
            "c8,3,1,s~p2,2,v~c16,3,1,s~p2,2,v~f~d32~d10", "a-dfgprsv0-9,~", 400
        ),
        "budget": Whole(10000, 0, 999999),
        "row": Whole(1, 0, 25),
        "column": Whole(2, 0, 6),
    }

    def __init__(self, text: str = "", **state: Any) -> None:
        super().__init__(text, **state)
        self._data = {
            "kinds": _KINDS,
            "form": _FORM,
            "rule": _RULE,
            "legal": _LEGAL,
            "added": _ADDED,
        }

    @classmethod
    def of(cls, model: Any, **state: Any) -> Self:
        """Return an explorer that shows a Keras model.

        Activations inside a layer change none of its numbers and are not shown.

        Parameters
        ----------
        model
            A built Keras model, one layer after the other.
        state
            More values of the state, such as ``budget``.

        Raises
        ------
        ValueError
            If it has a layer that cannot be shown, with its name and the legal kinds.
        """
        (rows, columns, channels), layers = _read(model)
        shape = {"rows": rows, "columns": columns, "channels": channels}
        return cls(stack="~".join(layers), **shape | state)

    def figure(self) -> Picture:
        """Return the table of the layers, up to the first that Keras refuses."""
        s = self.state
        shape = s["rows"], s["columns"], s["channels"]
        spec, title = _spec(_parse(s["stack"])[0]), ""
        while spec:
            try:
                return figures.architecture(spec, shape, title=title)
            except ValueError as error:
                title = f"Keras refuses layer {len(spec)}: {error}"
                spec.pop()
        return figures.number_grid(np.array([shape]), title=f"Input. {title}")


def _parse(text: str) -> tuple[list[Layer], str]:
    """Return the layers of a stack, and what is wrong with it, if anything."""
    layers: list[Layer] = []
    for place, part in enumerate(text.split("~")):
        if place >= _MOST or not re.fullmatch(_FORM, part):
            return [], f"layer {place + 1} is '{part[:20]}': {_RULE}"
        values = [int(x) if x.isdigit() else x for x in part[1:].split(",") if x]
        _, *names = _KINDS[part[0]]
        layers.append({"kind": part[0]} | dict(zip(names, values, strict=True)))
    return layers, ""


def _spec(layers: list[Layer]) -> list[Layer]:
    """Return the layers as `figures.architecture` takes them."""
    spec, flat = [], False
    for layer in layers:
        names = {"window": "k", "stride": "s"}
        drawn = {names.get(name, name): value for name, value in layer.items()}
        drawn["kind"] = _DRAWN[layer["kind"]]
        if "same" in drawn:
            drawn["padding"] = "same" if drawn.pop("same") == "s" else "valid"
        if layer["kind"] == "d" and not flat:  # at each position: a 1×1 convolution
            drawn = {"kind": "conv", "filters": drawn["units"], "k": 1, "s": 1}
            drawn["padding"] = "valid"
        flat = flat or layer["kind"] in "fg"
        spec.append(drawn)
    return spec


# --- Keras models -----------------------------------------------------------------


def _read(model: Any) -> tuple[tuple[int, int, int], list[str]]:
    """Return the shape of one image, and the text of each layer."""
    shape = getattr(model, "input_shape", None)
    if not hasattr(model, "layers") or not isinstance(shape, tuple):
        raise ValueError(
            "give a built Keras model with one input, such as a Sequential that begins "
            f"with keras.Input, not {model!r:.80}"
        )
    if len(shape) != 4 or None in shape[1:]:
        raise ValueError(
            f"the model takes inputs of shape {shape}: it must be (None, rows, "
            "columns, channels), with numbers"
        )
    now, parts = model.inputs[0], []
    for layer in model.layers:
        name, kind = layer.name, type(layer).__name__
        if kind == "InputLayer":
            continue
        if kind not in _LETTERS:
            legal = ", ".join(_LETTERS)
            raise ValueError(f"layer {name!r} is a {kind}; it must be one of {legal}")
        if _input_of(layer) is not now:
            raise ValueError(f"layer {name!r} must read the layer before it, only that")
        now = layer.output
        parts.append(_LETTERS[kind] + _numbers(layer))
    if now is not model.outputs[0] or len(model.outputs) > 1 or not parts:
        raise ValueError("the model must end with its last layer, and only there")
    return shape[1:], parts


def _input_of(layer: Any) -> Any:
    try:
        return layer.input
    except (AttributeError, ValueError):  # called twice, or never
        return None


def _numbers(layer: Any) -> str:
    """Return what follows the letter of a layer."""
    kind = type(layer).__name__
    plain = {
        "use_bias": True,
        "groups": 1,
        "dilation_rate": (1, 1),
        "data_format": "channels_last",
        "keepdims": False,
        "axis": -1,
        "scale": True,
        "center": True,
        "max_value": None,
    }
    for name, wanted in plain.items():
        if (value := getattr(layer, name, wanted)) != wanted:
            raise ValueError(
                f"layer {layer.name!r}: {name} is {value}; it must be {wanted}"
            )
    if kind == "Dense":
        return str(layer.units)
    if "window" not in _KINDS[_LETTERS[kind]]:
        return ""
    k = layer.kernel_size if kind == "Conv2D" else layer.pool_size
    for name, pair in (("its window", k), ("strides", layer.strides)):
        if pair[0] != pair[1]:
            raise ValueError(
                f"layer {layer.name!r}: {name} is {tuple(pair)}; both must be the same"
            )
    if layer.padding not in ("same", "valid"):
        raise ValueError(f"layer {layer.name!r}: padding is {layer.padding!r}")
    numbers = [layer.filters] if kind == "Conv2D" else []
    return ",".join(map(str, [*numbers, k[0], layer.strides[0], layer.padding[0]]))
