"""The networks of lesson 01: their sizes, and that training them teaches something."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from cnnlab import models

Digits = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


@pytest.mark.slow
class TestNetworks:
    @pytest.mark.parametrize(
        ("build", "parameters"),
        [(models.small_cnn, 121_086), (models.small_dense, 119_260)],
    )
    def test_number_of_parameters(self, build: Any, parameters: int) -> None:
        assert build().count_params() == parameters

    @pytest.mark.parametrize("build", [models.small_cnn, models.small_dense])
    def test_ten_scores_for_each_image(self, build: Any) -> None:
        network = build()
        assert network.input_shape == (None, 28, 28, 1)
        assert network.output_shape == (None, 10)

    def test_the_dense_network_has_no_convolution(self) -> None:
        def kinds(network: Any) -> list[str]:
            return [type(layer).__name__ for layer in network.layers]

        convolutions = ["Conv2D"] * 3
        assert kinds(models.small_cnn()) == convolutions + kinds(models.small_dense())


def stripes(count: int, rng: np.random.Generator) -> Digits:
    """Return noisy images; in an image with label n, rows from 2n on are bright."""
    labels = np.arange(count) % 10
    rows = np.arange(28)[None, :, None]
    bright = (rows >= 2 * labels[:, None, None]) & (
        rows < 2 * labels[:, None, None] + 4
    )
    noise = rng.uniform(0, 0.1, size=(count, 28, 28))
    return (noise + bright).astype("float32"), labels


@pytest.mark.slow
class TestErrorRate:
    def test_an_easy_task_is_learned(self) -> None:
        rng = np.random.default_rng(3)
        train, test = stripes(400, rng), stripes(100, rng)
        assert models.error_rate(models.small_dense, train, test, epochs=5) < 10

    def test_wrong_labels_are_counted_in_percent(self) -> None:
        rng = np.random.default_rng(3)
        train, (images, labels) = stripes(400, rng), stripes(100, rng)
        wrong = images, (labels + 1) % 10
        assert models.error_rate(models.small_dense, train, wrong, epochs=5) > 90

    def test_a_seed_gives_the_same_result_again(self) -> None:
        rng = np.random.default_rng(3)
        train, test = stripes(200, rng), stripes(100, rng)

        def rate(seed: int) -> float:
            build = models.small_dense
            return models.error_rate(build, train, test, epochs=1, seed=seed)

        assert rate(1) == rate(1)
        assert len({rate(seed) for seed in (1, 2, 3)}) > 1


def test_importing_the_module_imports_no_keras() -> None:
    program = "import sys, cnnlab.models; sys.exit('keras' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("name", ["slide_model", "slide_graph", "build_model"])
def test_no_answer_of_a_later_lesson_can_be_small_cnn(name: str) -> None:
    cell = f"def {name}():\n    return models.small_cnn()\n\n{name}()"
    with pytest.raises(AssertionError, match=f"write {name} yourself"):
        exec(cell, {"__name__": "__main__", "models": models})
