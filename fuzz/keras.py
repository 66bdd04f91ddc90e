"""Fuzz the Keras codec with configurations that a hostile kernel might send.

These are real configurations with parts removed, exchanged or moved, and with names of
other objects in Keras' modules.
"""

from __future__ import annotations

import contextlib
import copy
import os
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.progress import Progress

from fuzz.report import SHOWN
from grader.errors import WireError
from grader.execution.wire import codec, keras_codec, keras_own

# Audit events that must not occur while an object is rebuilt.
WATCHED: tuple[str, ...] = (
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "subprocess.Popen",
    "socket.",
)
WATCHED += ("marshal.load", "pickle.find_class", "ctypes.dlopen", "shutil.")
WATCHED += ("os.remove",)
CODE = (".py", ".pyc", ".so")
# One input in ten describes an object with code of the student's own.
OWN = 0.1
OWN_CODEC = keras_own.OWN
ODD_NAMES: list[Any] = ["Mine", "", "x" * 200, "a\0", "é", 7, None, ["Mine"]]
ODD: list[Any] = [
    *(None, True, -1, 0, 2, 7.5, "", "relu", "/etc/passwd", [], {}, [None, 2], [3, 3]),
    *({"class_name": "Lambda"}, {"class_name": "__lambda__", "config": {"value": "x"}}),
    {"module": "builtins", "class_name": "function", "config": "eval"},
    {"module": "os", "class_name": "system", "config": {}, "registered_name": None},
    {"module": "keras.models", "class_name": "load_model", "config": {"filepath": "x"}},
    {
        "module": "keras.layers",
        "class_name": "Lambda",
        "config": {"function": "relu"},
        "registered_name": None,
    },
    {
        "module": "keras.layers",
        "class_name": "Hashing",
        "config": {"num_bins": 3},
        "registered_name": None,
    },
    {"class_name": "__numpy__", "config": {"value": ["a"], "dtype": "U9"}},
    {"class_name": "__tensor__", "config": {"value": [1.0], "dtype": "float32"}},
]


class Watch:
    """Records the interpreter's audit events of `WATCHED` while `on` is True."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        opened = event == "open" and not str(arguments[0]).endswith(CODE)
        if opened or event.startswith(WATCHED):
            self.seen.append(f"{event} {str(arguments[:1])[:80]}")


def fuzz(count: int, seed: int, console: Console) -> int:
    """Check random configurations and print the findings.

    Parameters
    ----------
    count : int
        Number of configurations.
    seed : int
        Seed from which they are drawn.
    console : Console
        Where findings and the summary are printed.

    Returns
    -------
    int
        The number of findings.
    """
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    import keras
    import tensorflow as tf

    tf.get_logger().setLevel("ERROR")
    chance, watch = random.Random(seed), Watch()
    objects = sample_objects(keras)
    bases = [keras.saving.serialize_keras_object(item) for item in objects]
    names = module_names()
    findings = rebuilt = 0
    start = time.perf_counter()
    with Progress(console=console, transient=True) as progress:
        for _ in progress.track(range(count), description="keras"):
            if chance.random() < OWN:
                config = [*chance.choice(names), chance.choice(ODD_NAMES)]
                failure, was_rebuilt = check_own(config, watch)
            else:
                config = mutated(chance.choice(bases), names, chance)
                failure, was_rebuilt = check(config, watch)
            rebuilt += was_rebuilt
            if failure:
                findings += 1
                if findings <= SHOWN:
                    console.print(f"keras: {failure}: {str(config)[:600]}")
    rate = count / max(time.perf_counter() - start, 1e-9)
    console.print(
        f"keras: {count:,} configurations, seed {seed}, {findings} findings, "
        f"{rebuilt:,} rebuilt, {rate:,.0f} per second"
    )
    return findings


def check(config: Any, watch: Watch) -> tuple[str | None, bool]:
    """Rebuild a Keras object from a configuration, and check what happens.

    Parameters
    ----------
    config : object
        The configuration.
    watch : Watch
        Records audit events meanwhile.

    Returns
    -------
    str or None
        What went wrong, if anything.
    bool
        Whether an object was rebuilt without a failure.
    """
    watch.seen.clear()
    try:
        tree = codec.encode(config)
    except WireError:
        return None, False
    watch.on = True
    try:
        with contextlib.redirect_stderr(None):
            failure = unsafe(keras_codec.decode_keras([tree, []]))
    except WireError:
        return ", ".join(watch.seen) or None, False
    except Exception as error:  # noqa: BLE001 - any other exception is a finding
        failure = f"{type(error).__name__}: {error}"[:200]
    finally:
        watch.on = False
    return failure or ", ".join(watch.seen) or None, failure is None


def check_own(description: list[Any], watch: Watch) -> tuple[str | None, bool]:
    """Make a stand-in of a description, and check what happens, as :func:`check`.

    Parameters
    ----------
    description : list
        Module and name of a class of Keras, and the name of the own class.
    watch : Watch
        Records audit events meanwhile.

    Returns
    -------
    str or None
        What went wrong, if anything.
    bool
        Whether a stand-in was made without a failure.
    """
    watch.seen.clear()
    watch.on = True
    tree = {"own keras": [{"remote": 0}, *description]}
    try:
        made = codec.decode(
            tree, {"remote": lambda _: Remote(), "own keras": OWN_CODEC}
        )
    except WireError:
        return ", ".join(watch.seen) or None, False
    except Exception as error:  # noqa: BLE001 - any other exception is a finding
        return f"{type(error).__name__}: {error}"[:200], False
    finally:
        watch.on = False
    failure = None if is_safe_stand_in(made) else f"a {type(made)} was made"
    return failure or ", ".join(watch.seen) or None, failure is None


class Remote:
    """Stands for an object in the jail, which is never asked."""


def is_safe_stand_in(made: Any) -> bool:
    """Say whether a stand-in is one, of a kind of Keras object that is sent."""
    kind = type(made)
    return keras_own.is_stand_in(made) and issubclass(kind, keras_codec.base_kinds())


def unsafe(rebuilt: Any) -> str | None:
    """Return a sentence if `rebuilt` has a class that must be refused, else None."""
    import keras

    config = keras.saving.serialize_keras_object(rebuilt)
    for holder, key in [*spots(config), ({"class_name": config}, "class_name")]:
        part = holder[key]
        if isinstance(part, dict) and "config" in part:
            name = str(part.get("class_name"))
            if name in keras_codec.REFUSED:
                return f"a {name} was rebuilt"
    return None


def sample_objects(keras: Any) -> list[Any]:
    """Return Keras objects of many kinds."""
    layers = keras.layers
    model = keras.Sequential(
        [keras.Input((8, 8, 1)), layers.Conv2D(2, 3), layers.Flatten()]
    )
    model.add(layers.Dense(2, activation="relu", kernel_regularizer="l2"))
    model.compile("adam", "mse", metrics=["accuracy"])
    inputs = keras.Input((4, 4, 1))
    joined = layers.Concatenate()([inputs[:, ::2], keras.ops.relu(inputs[:, 1::2])])
    return [
        model,
        keras.Model(inputs, layers.Dense(2)(layers.Flatten()(joined)) + 1),
        layers.Bidirectional(layers.LSTM(2)),
        layers.Dense(2, activation=keras.activations.softmax),
        layers.TimeDistributed(layers.Dropout(0.5)),
        keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 9, 0.5)),
        keras.losses.MeanSquaredError(),
        keras.metrics.MeanMetricWrapper(keras.losses.mean_squared_error),
        keras.initializers.Constant(2.0),
        keras.regularizers.L1L2(0.1, 0.2),
    ]


def module_names() -> list[tuple[str, str]]:
    """Return module and name of every object in the loaded modules of Keras."""
    homes = sorted(m for m in sys.modules if m.split(".")[0] in ("keras", "tensorflow"))
    homes = [m for m in homes if m.startswith("keras.") or m.count(".") < 2]
    return [(home, name) for home in homes for name in sorted(vars(sys.modules[home]))]


def mutated(base: Any, names: list[tuple[str, str]], chance: random.Random) -> Any:
    """Return a copy of a configuration with a few parts changed.

    Parameters
    ----------
    base : object
        The configuration.
    names : list of (str, str)
        Modules and names to rename parts to.
    chance : random.Random
        Decides what is changed.

    Returns
    -------
    object
        The changed copy.
    """
    config = copy.deepcopy(base)
    for _ in range(chance.randint(1, 3)):
        places = list(spots(config))
        holder, key = chance.choice(places)
        kind = chance.randrange(5)
        if kind == 0:
            holder[key] = copy.deepcopy(chance.choice(ODD))
        elif kind == 1:
            other, at = chance.choice(places)
            holder[key] = copy.deepcopy(other[at])
        elif kind == 2 and isinstance(holder, dict):
            del holder[key]
        elif kind == 3:
            holder[key] = copy.deepcopy(base)
        else:
            rename_part(config, names, chance)
    return config


def rename_part(
    config: Any, names: list[tuple[str, str]], chance: random.Random
) -> None:
    """Rename one part of a configuration, in place, to another object of Keras.

    Parameters
    ----------
    config : object
        The configuration.
    names : list of (str, str)
        Modules and names to choose from.
    chance : random.Random
        Decides which part is renamed, and to what.
    """
    candidates = [h for h, key in spots(config) if key == "class_name"]
    if candidates and isinstance(config, dict):
        part = chance.choice(candidates)
        part["module"], part["class_name"] = chance.choice(names)
        part["registered_name"] = chance.choice([None, part["class_name"], "x"])


def spots(config: Any) -> Iterator[tuple[Any, Any]]:
    """Yield container and key of every item inside `config`."""
    if isinstance(config, dict | list):
        items = config.items() if isinstance(config, dict) else enumerate(config)
        for key, item in list(items):
            yield config, key
            yield from spots(item)
