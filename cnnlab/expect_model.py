"""Compare a student's Keras model with a stack, and lead to the layer that differs.

``expect_model``     call the student's function, and compare the model it returns
``expect_compiled``  whether a model is compiled with Adam and cross-entropy

For visible tests, like :mod:`cnnlab.expect`: messages show what came back, and
``feedback`` holds only words of the course.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnlab.expect import Mistake, call_answer
from cnnlab.stacks import Layer, Size, Stack, build

__all__ = ["expect_compiled", "expect_model"]

Pair = tuple[int, int]

_WORDS = {"conv": "convolution", "pool": "max pooling"}
_KINDS = {"Conv2D": "conv", "MaxPooling2D": "pool", "Flatten": "flatten"}
_KINDS["Dense"] = "dense"
_ACTIVATIONS = {"Activation": "", "ReLU": "relu", "Softmax": "softmax"}
_NONE = "linear"  # Keras' name for no activation

# Logits of four images and their digits, to tell what a loss does with them.
_LOGITS = np.array(
    [[2.0, -1.0, 0.5], [-0.5, 3.0, 1.0], [1.0, 0.0, -2.0], [0.0, 0.5, 1.5]], "float32"
)
_LABELS = np.array([0, 2, 1, 2])


def expect_model(
    function: Callable[..., object],
    *args: object,
    stack: Stack,
    shape: Size,
    style: str = "",
    last: Sequence[str] = (_NONE,),
    errors: Mapping[str, str] | None = None,
) -> Any:
    """Call the student's function, and compare the model it returns with a stack.

    Each layer but the last has a ReLU, inside of it or as a layer of its own.

    Parameters
    ----------
    function
        The student's function.
    args
        What it is called with.
    stack
        The layers that the model must have; see :mod:`cnnlab.stacks`. Without
        ``"padding"``, any will do.
    shape
        ``(height, width, channels)`` of one image; ``None`` stands for any number.
    style
        ``"list"`` if it must be a ``keras.Sequential``, ``"graph"`` if it must not.
    last
        Keras' names of the activations that the last layer may have.
    errors
        ``{part of an error's text: lead}``: Keras' errors that likely mistakes make.

    Returns
    -------
    keras.Model
        The model, for more tests.

    Raises
    ------
    Mistake
        If the function returns anything else.
    """
    __tracebackhide__ = True
    name = getattr(function, "__name__", "the function")
    model = call_answer(function, args, errors or {})
    for text, lead in _no_model(model, style):
        raise _mistake(f"{name} returned {text}", lead, lead)
    found: Any = model
    for text, lead, want in _differences(found, stack, shape, last):
        raise _mistake(f"{name}: {text}", lead, want)
    return found


def expect_compiled(name: str, model: Any) -> None:
    """Check that a model is compiled with Adam and sparse cross-entropy.

    With a softmax at its end the loss must take probabilities, without one logits.

    Parameters
    ----------
    name
        The function that returned it, for the message.
    model
        A Keras model.

    Raises
    ------
    Mistake
        If it is not compiled, or with something else.
    """
    __tracebackhide__ = True
    *_, last = _rows(model)
    probabilities = last.settings.get("activation") == "softmax"
    for text, lead in _not_compiled(model, probabilities):
        raise _mistake(f"{name}: {text}", lead, lead)


def _mistake(text: str, lead: str, want: str) -> Mistake:
    return Mistake(": ".join(filter(None, (text, lead))), want)


# --- the kind of model ------------------------------------------------------------


def _no_model(model: object, style: str) -> Iterator[tuple[str, str]]:
    """Yield why what came back is not the kind of model that is asked for."""
    import keras

    if model is None:
        yield "None", "`return` hands the model over"
    elif isinstance(model, list | tuple):
        yield f"a {type(model).__name__}", "keras.Sequential makes a model of a list"
    elif isinstance(model, keras.KerasTensor):
        yield "a tensor", "keras.Model(inputs, outputs) makes a model of both ends"
    elif not isinstance(model, keras.Model):
        yield f"an object of type {type(model).__name__}", "return a Keras model"
    elif not hasattr(model, "input_shape"):
        yield "a model without an input layer", "keras.Input says the images' shape"
    elif style == "list" and not isinstance(model, keras.Sequential):
        yield "a model in the functional style", "here a keras.Sequential is asked for"
    elif style == "graph" and isinstance(model, keras.Sequential):
        yield "a keras.Sequential", "here the functional style is asked for"


# --- layers -----------------------------------------------------------------------


@dataclass
class _Row:
    """One layer: its kind, and its settings in the order of comparing."""

    kind: str
    settings: dict[str, Any]

    def words(self) -> str:
        return _WORDS.get(self.kind, self.kind)


def _differences(
    model: Any, stack: Stack, shape: Size, last: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield what differs: what it is, a lead, and what is asked for."""
    wanted = [_asked(layer, place, stack) for place, layer in enumerate(stack, 1)]
    if (got_shape := tuple(model.input_shape)[1:]) != shape:
        want = f"the input shape must be {shape}"
        yield f"the input shape is {got_shape}, not {shape}", "", want
    rows = list(_rows(model))
    kinds, right = _kinds(rows), _kinds(wanted)
    if kinds != right:
        text = f"its layers after the input are {kinds}"
        if (got_shape := _output(model)) != (shape := _output(build(stack, shape))):
            want = f"the output shape must be {shape}"
            yield f"the output shape is {got_shape}, not {shape}", text, want
        want = f"the layers after the input must be {right}"
        yield f"{text}; {right} are asked for", "", want
        return
    for place, (got, row) in enumerate(zip(rows, wanted, strict=True), start=1):
        choices = last if place == len(wanted) else ()
        for text, lead in _setting_differences(got, row, choices):
            yield (
                f"layer {place}, {row.words()}, has {text}",
                lead,
                (f"look at layer {place}, {row.words()}"),
            )


def _output(model: Any) -> Size:
    return tuple(model.output_shape)[1:]


def _kinds(rows: Sequence[_Row]) -> str:
    return ", ".join(row.words() for row in rows)


def _asked(layer: Layer, place: int, stack: Stack) -> _Row:
    """Return the row of a stack's layer."""
    settings: dict[str, Any] = {}
    if "filters" in layer:
        settings["filters"] = layer["filters"]
    if "units" in layer:
        settings["units"] = layer["units"]
    if "k" in layer:
        settings["window"] = (layer["k"], layer["k"])
        settings["strides"] = (layer["s"], layer["s"])
    if "padding" in layer:
        settings["padding"] = layer["padding"]
    if layer["kind"] in ("conv", "dense"):
        settings["bias"] = True
        settings["activation"] = "relu" if place < len(stack) else _NONE
    return _Row(layer["kind"], settings)


def _rows(model: Any) -> Iterator[_Row]:
    """Yield the rows of a model's layers, activations merged into the layer before."""
    held: _Row | None = None
    for layer in getattr(model, "operations", model.layers):
        kind = type(layer).__name__
        if kind == "InputLayer":
            continue
        if kind in _ACTIVATIONS and held and held.settings.get("activation") == _NONE:
            held.settings["activation"] = _ACTIVATIONS[kind] or _activation(layer)
            continue
        if held:
            yield held
        held = _Row(_KINDS.get(kind, kind), _settings(layer))
    if held:
        yield held


def _settings(layer: Any) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for name, attribute in (
        ("filters", "filters"),
        ("units", "units"),
        ("window", "kernel_size"),
        ("window", "pool_size"),
        ("strides", "strides"),
        ("padding", "padding"),
        ("bias", "use_bias"),
    ):
        value = getattr(layer, attribute, None)
        if value is not None:
            settings[name] = value
    if hasattr(layer, "activation"):
        settings["activation"] = _activation(layer)
    return settings


def _activation(layer: Any) -> str:
    return str(getattr(layer.activation, "__name__", layer.activation))


def _setting_differences(
    got: _Row, want: _Row, choices: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for name, value in want.settings.items():
        mine = got.settings.get(name)
        if name == "activation":
            if mine not in (choices or (value,)):
                yield _activation_words(str(mine), value)
        elif name == "bias":
            if not mine:
                yield "no bias", ""
        elif mine != value:
            text = f"{_text(name, mine)}, not {_text(name, value)}"
            yield text, _lead(name, got.settings, want.settings)


def _activation_words(mine: str, want: str) -> tuple[str, str]:
    """Return what to say of a wrong activation, and where it leads."""
    if mine == _NONE:
        return "no activation", "its ReLU is missing"
    if want == "relu":
        return f"the activation {mine}, not relu", ""
    lead = {
        "relu": "logits can be negative, and a ReLU cuts that off",
        "softmax": "logits are asked for, not probabilities",
    }.get(mine, "logits are asked for, as they come")
    return f"the activation {mine}", lead


def _text(name: str, value: Any) -> str:
    if name == "window":
        return f"a window of {_by(value)}"
    if name == "strides":
        same = isinstance(value, tuple) and len(set(value)) == 1
        return f"stride {value[0]}" if same else f"strides {_by(value)}"
    if name == "padding":
        return f'padding "{value}"'
    return f"{value} {name}"


def _by(value: Any) -> str:
    return "×".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _lead(name: str, got: dict[str, Any], want: dict[str, Any]) -> str:
    """Return what a wrong setting probably comes from; an empty text if unknown."""
    window = want.get("window", (0, 0))
    swapped = (window[0], (want.get("filters"),) * 2)
    if name == "filters" and (got.get("filters"), got.get("window")) == swapped:
        return "the filters come first, then the window"
    if name == "padding" and got.get("padding") == "valid":
        return 'without `padding`, Keras takes "valid"'
    if name == "strides" and "filters" in want and got.get("strides") == (1, 1):
        return "without `strides`, a convolution takes 1"
    return ""


# --- compiling --------------------------------------------------------------------


def _not_compiled(model: Any, probabilities: bool) -> Iterator[tuple[str, str]]:
    if not model.compiled:
        yield "the model is not compiled", "compile it, as the broken one was"
        return
    optimiser = type(model.optimizer).__name__
    if optimiser != "Adam":
        yield f"the optimiser is {optimiser}", "keep Adam, it was right"
    loss = _loss_name(model.loss)
    if "sparse" not in loss.lower():
        lead = "labels are whole numbers: keep SparseCategoricalCrossentropy"
        yield f"the loss is {loss}", lead
        return
    outputs = _softmax(_LOGITS) if probabilities else _LOGITS
    got = float(model.compute_loss(y=_LABELS, y_pred=outputs))
    if not np.isclose(got, _cross_entropy(_LOGITS), rtol=0.01):
        yield _loss_words(got, probabilities)


def _loss_name(loss: Any) -> str:
    if isinstance(loss, str):
        return loss
    return str(getattr(loss, "__name__", type(loss).__name__))


def _loss_words(got: float, probabilities: bool) -> tuple[str, str]:
    """Return what to say of a loss with a wrong value, and where it leads."""
    twice = _cross_entropy(_softmax(_LOGITS))
    if probabilities and np.isclose(got, twice, rtol=0.01):
        return "the softmax is applied twice", (
            "in the last layer, and by the loss because of from_logits=True"
        )
    text = f"of four images the loss is {got:.3f}, not {_cross_entropy(_LOGITS):.3f}"
    if probabilities:
        return text, "keep the loss, and change only from_logits"
    if np.isclose(got, _without_logits(), rtol=0.01):
        return text, "the outputs are logits: is the loss told so?"
    return text, "keep the loss as it was"


def _without_logits() -> float:
    """Return what Keras' loss makes of logits that it takes for probabilities."""
    import keras

    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=False)
    return float(loss(_LABELS, _LOGITS))


def _softmax(logits: Any) -> Any:
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


def _cross_entropy(logits: Any) -> float:
    """Return the mean cross-entropy of the labels for these logits."""
    shares = _softmax(logits)[np.arange(len(_LABELS)), _LABELS]
    return float(-np.log(shares).mean())
