"""The course's own shapes and forward pass, compared to Keras."""

from __future__ import annotations

import doctest
from typing import Any

import numpy as np
import pytest

from cnnlab.ours import networks
from cnnlab.stacks import build, random_stack, slides_stack


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(networks)
    assert outcome.attempted == 4
    assert outcome.failed == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_shapes_are_those_of_keras(seed: int) -> None:
    stack, shape = random_stack(np.random.default_rng(seed))
    theirs = [layer.output.shape[1:] for layer in build(stack, shape).layers]
    assert networks.shape_trace(stack, shape) == theirs


@pytest.mark.slow
@pytest.mark.parametrize(("size", "k", "stride"), [((7, 4), 3, 2), ((5, 8), 2, 3)])
def test_convolve_agrees_with_keras(size: tuple[int, int], k: int, stride: int) -> None:
    keras = pytest.importorskip("keras")
    rng = np.random.default_rng(6)
    batch, kernel = rng.normal(size=(2, *size, 3)), rng.normal(size=(k, k, 3, 4))
    bias = rng.normal(size=4)
    conv = keras.ops.conv(np.float32(batch), np.float32(kernel), stride, "same")
    theirs = keras.ops.convert_to_numpy(conv) + bias
    ours = networks.convolve(batch, kernel, bias, stride)
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.slow
def test_the_forward_pass_agrees_with_keras() -> None:
    model, rng = networks.slide_model(), np.random.default_rng(2)
    weights = [rng.normal(0, 0.2, old.shape) for old in model.get_weights()]
    model.set_weights(weights)
    batch = rng.normal(size=(3, 28, 28, 1))
    ours = networks.numpy_forward(weights, batch)
    np.testing.assert_allclose(ours, np.asarray(model(batch)), rtol=1e-3, atol=1e-3)
    assert ours.min() < 0  # no ReLU on the logits


@pytest.mark.parametrize("name", networks.__all__)
def test_an_answer_by_that_name_may_not_call_it(name: str) -> None:
    source = f"def {name}(*args):\n    return networks.{name}(*args)\n"
    notebook: dict[str, Any] = {"__name__": "__main__", "networks": networks}
    exec(source, notebook)
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        notebook[name](slides_stack(), (28, 28, 1))
