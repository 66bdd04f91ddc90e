"""Lesson 03's answers by the course, compared to Keras and to worked values."""

from __future__ import annotations

import doctest

import numpy as np
import pytest

from cnnlab.ours import padding


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_examples_in_docstrings_hold() -> None:
    outcome = doctest.testmod(padding)
    assert outcome.attempted == 2
    assert outcome.failed == 0


def test_pad2d_adds_zeros_on_the_sides_that_are_named() -> None:
    batch = np.array([5.0, -1.5]).reshape(1, 1, 2, 1)
    padded = padding.pad2d(batch, (1, 0), (0, 2))
    np.testing.assert_array_equal(padded[0, :, :, 0], [[0, 0, 0, 0], [5, -1.5, 0, 0]])


def test_pad2d_leaves_images_and_channels_alone(rng: np.random.Generator) -> None:
    batch = rng.normal(size=(2, 3, 5, 4))
    padded = padding.pad2d(batch, (1, 2), (0, 4))
    assert padded.shape == (2, 6, 9, 4)
    np.testing.assert_array_equal(padded[:, 1:4, :5], batch)


@pytest.mark.slow
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_same_padding_and_a_stride_give_what_keras_gives(
    rng: np.random.Generator, stride: int
) -> None:
    keras = pytest.importorskip("keras")
    image, kernel = rng.normal(size=(7, 10)), rng.normal(size=(2, 3))
    theirs = keras.ops.conv(
        image.astype("float32")[None, :, :, None],
        kernel.astype("float32")[:, :, None, None],
        stride,
        "same",
    )
    around = padding.same_padding(7, 2, stride), padding.same_padding(10, 3, stride)
    padded = padding.pad2d(image[None, :, :, None], *around)[0, :, :, 0]
    np.testing.assert_allclose(
        padding.strided_corr2d(padded, kernel, stride),
        keras.ops.convert_to_numpy(theirs)[0, :, :, 0],
        atol=1e-5,
    )


def test_same_padding_is_never_negative() -> None:
    assert padding.same_padding(8, 1, 2) == (0, 0)


def test_torch_layer_adds_up_channels_and_the_bias_of_each_filter(
    rng: np.random.Generator,
) -> None:
    batch = rng.normal(size=(2, 6, 4, 2))
    kernel, bias = padding.torch_weights()
    output = padding.torch_layer(batch)
    assert output.shape == (2, 3, 2, 4)
    # Position (1, 0) starts at row 2, column 0 of the image with its border.
    patch = batch[1, 1:4, 0:2]
    inside = np.sum(patch * kernel[:, 1:, :, 3]) + bias[3]
    assert output[1, 1, 0, 3] == pytest.approx(inside)


def test_torch_layer_gives_the_bias_alone_for_a_black_image() -> None:
    _, bias = padding.torch_weights()
    output = padding.torch_layer(np.zeros((1, 10, 8, 2)))
    np.testing.assert_allclose(output, np.broadcast_to(bias, (1, 5, 4, 4)))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("pad2d", "np.ones((1, 2, 2, 1)), (0, 1), (1, 0)"),
        ("strided_corr2d", "np.ones((2, 2)), np.ones((1, 1)), 2"),
        ("same_padding", "28, 3, 2"),
    ],
)
def test_no_answer_may_call_the_function_that_it_is_to_be(
    name: str, arguments: str
) -> None:
    source = f"def {name}(*given): return ours.{name}(*given)\n{name}({arguments})"
    cell = {"__name__": "__main__", "np": np, "ours": padding}
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        exec(source, cell)
