"""The course's answers to the lab: each does what its exercise asks."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.late import Late

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

ours = Late("cnnlab.ours.lab")
checks = Late("cnnlab.lab_checks")


def test_preprocessing_leaves_the_images_as_they_were() -> None:
    images = np.array([[[51, 102, 204]]], dtype="float32")
    np.testing.assert_allclose(
        ours.preprocess(images), [[[[0.2], [0.4], [0.8]]]], rtol=1e-6
    )
    assert images.max() == 204


def test_parts_are_the_rows_of_a_stratified_split() -> None:
    labels = np.tile([1, 0, 0, 0], 50)
    images = np.arange(200)
    x_fit, y_fit, x_val, y_val = ours.parts(images, labels, 0.2, 3)
    assert np.bincount(y_val).tolist() == [30, 10]
    np.testing.assert_array_equal(y_fit, labels[x_fit])
    np.testing.assert_array_equal(np.sort([*x_fit, *x_val]), images)
    assert set(ours.split(labels, 0.2, 4)[1]) != set(x_val)


def test_models_have_the_sizes_asked_for() -> None:
    assert ours.build_model().count_params() == 121_086
    assert ours.build_small().count_params() < 10_000
    assert ours.build_own().count_params() <= 1_000_000
    kind = {"kind": ours.build_small, "dropout": 0.4, "learning_rate": 0.002}
    small = ours.make_classifier(kind)
    assert small.compiled
    assert small.count_params() == ours.build_small().count_params()
    cnn = ours.make_classifier({**kind, "kind": "cnn"})
    assert cnn.count_params() == 121_086


def test_a_confusion_matrix_has_true_classes_in_rows() -> None:
    table = ours.confusion_matrix(np.array([1, 1, 1, 2]), np.array([1, 2, 2, 2]), 4)
    assert table.tolist() == [[0, 0, 0, 0], [0, 1, 2, 0], [0, 0, 1, 0], [0, 0, 0, 0]]


def test_worst_errors_are_ordered_by_confidence() -> None:
    rows = [[2, 1, 4], [6, -1, 4], [0, 3, 4], [6, 3, 2], [5, 4, 6], [0, 4, 5]]
    labels = np.array([1, 0, 2, 1, 1, 0])
    logits = np.array(rows, dtype=float)
    assert ours.worst_errors(logits, labels, 3).tolist() == [3, 0, 5]
    assert ours.worst_errors(logits, labels, 9).tolist() == [3, 0, 5, 4]


def test_a_heat_map_without_evidence_is_zero() -> None:
    model, image = checks.tiny_maps(np.ones((2, 3, 2)), np.array([[-1.0], [-2.0]]))
    assert np.all(ours.grad_cam(model, "seen", image, 0) == 0)
