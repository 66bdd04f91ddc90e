"""The lab's given code: layers, learning rates, checkpoints and services."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.late import Late

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

keras = Late("keras")
lab = Late("cnnlab.lab")


def reader() -> Any:
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]
    return keras.Sequential(stack)


def test_several_values_are_an_answer_if_none_is_blank() -> None:
    row = np.arange(3)
    assert lab.all_or_none(row, 0) == (row, 0)
    assert lab.all_or_none(row, None) is None


@pytest.mark.parametrize(
    ("pool", "names"),
    [
        (False, ["Conv2D", "BatchNormalization", "ReLU"]),
        (True, ["Conv2D", "MaxPooling2D", "BatchNormalization", "ReLU"]),
    ],
)
def test_a_block_normalises_after_pooling(pool: bool, names: list[str]) -> None:
    layers = lab.block(5, kernel=2, stride=3, pool=pool)
    assert [type(layer).__name__ for layer in layers] == names
    convolution = layers[0]
    assert (convolution.filters, convolution.use_bias) == (5, False)
    assert (convolution.kernel_size, convolution.strides) == ((2, 2), (3, 3))


def test_the_rate_rises_for_a_quarter_of_the_steps_and_falls_to_zero() -> None:
    rates = [float(lab.rise_and_fall(0.008, 80)(step)) for step in range(81)]
    assert rates[0] == pytest.approx(0.0008)
    assert np.argmax(rates) == 20
    assert max(rates) == pytest.approx(0.008)
    assert np.all(np.diff(rates[20:]) < 0)
    assert rates[-1] == pytest.approx(0)


def test_a_missing_checkpoint_is_told_apart_from_a_missing_log(tmp_path: Path) -> None:
    model = reader()
    assert lab.stored(model, str(tmp_path)) == (None, False)
    (tmp_path / "log.csv").write_text("epoch,loss\n")
    assert lab.stored(model, str(tmp_path)) == (None, True)


def test_a_checkpoint_is_loaded(tmp_path: Path) -> None:
    trained, fresh = reader(), reader()
    trained.save_weights(str(tmp_path / "best.weights.h5"))
    loaded, logged = lab.stored(fresh, str(tmp_path))
    assert not logged
    kernel = trained.get_weights()[0]
    np.testing.assert_array_equal(loaded.get_weights()[0], kernel)


def test_asking_an_empty_folder_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no SavedModel"):
        lab.ask(str(tmp_path), np.zeros((1, 28, 28), np.uint8))


def test_a_service_that_reads_other_images_says_what_it_must_read(
    tmp_path: Path,
) -> None:
    reader().export(str(tmp_path), verbose=False)
    images = np.zeros((2, 28, 28), np.uint8)
    with pytest.raises(ValueError, match=r"uint8 images of shape \(2, 28, 28\)"):
        lab.ask(str(tmp_path), images)
    floats = np.zeros((2, 28, 28, 1), np.float32)
    assert lab.ask(str(tmp_path), floats).shape == (2, 10)
