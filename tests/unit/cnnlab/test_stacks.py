"""Stacks and the Keras models made of them."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest

from cnnlab import stacks


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(stacks)
    assert outcome.attempted == 1
    assert outcome.failed == 0


def test_slides_stack_is_a_new_list_each_time() -> None:
    stacks.slides_stack().clear()
    assert len(stacks.slides_stack()) == 6


@pytest.mark.parametrize("seed", range(20))
def test_random_stacks_fit_their_images(seed: int) -> None:
    stack, shape = stacks.random_stack(np.random.default_rng(seed))
    kinds = [layer["kind"] for layer in stack]
    assert kinds == ["conv", "pool", "conv", "flatten", "dense"]
    paddings = sorted(layer["padding"] for layer in stack[:3])
    assert paddings == ["same", "same", "valid"]
    assert shape[0] > shape[1] > shape[2]
    assert all(type(n) is int for n in shape)


def test_random_stacks_differ() -> None:
    rng = np.random.default_rng(3)
    assert stacks.random_stack(rng) != stacks.random_stack(rng)


@pytest.mark.slow
def test_build_makes_the_layers_of_a_stack() -> None:
    pool = {"kind": "pool", "k": 3, "s": 2, "padding": "valid"}
    conv = {"kind": "conv", "filters": 5, "k": 2, "s": 3, "padding": "same"}
    ends: list[dict[str, Any]] = [{"kind": "flatten"}, {"kind": "dense", "units": 4}]
    model = stacks.build([conv, pool, *ends, ends[1] | {"units": 3}], (20, 17, 2))
    shapes = [layer.output.shape[1:] for layer in model.layers]
    assert shapes == [(7, 6, 5), (3, 2, 5), (30,), (4,), (3,)]
    counts = [layer.count_params() for layer in model.layers]
    assert counts == [45, 0, 0, 124, 15]
    assert model.layers[0].activation.__name__ == "relu"
    assert model.layers[3].activation.__name__ == "relu"
    assert model.layers[4].activation.__name__ == "linear"


@pytest.mark.slow
def test_the_slides_model_has_the_slides_numbers() -> None:
    model = stacks.build(stacks.slides_stack(), (28, 28, 1))
    counts = [layer.count_params() for layer in model.layers]
    assert counts == [104, 296, 876, 0, 117_800, 2_010]


@pytest.mark.parametrize("name", ["slide_model", "count_params", "mended_b"])
def test_an_answer_may_not_call_build(name: str) -> None:
    source = f"def {name}():\n    return build(slides_stack(), (28, 28, 1))\n"
    notebook: dict[str, Any] = {"__name__": "__main__", **vars(stacks)}
    notebook["__name__"] = "__main__"
    exec(source, notebook)
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        notebook[name]()
