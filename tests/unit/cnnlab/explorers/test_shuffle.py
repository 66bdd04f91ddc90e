"""The pixel shuffle's arithmetic against NumPy, its picture, and its bad inputs."""

from __future__ import annotations

import random
import re
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from cnnlab import figures
from cnnlab.explorers import PixelShuffle
from cnnlab.explorers.shuffle import _order
from cnnlab.explorers.shuffle._pictures import NAMES, pictures
from cnnlab.numerics import corr2d
from tests.support.explorers import arithmetic, node, random_state

KERNEL = np.array([[-1, 0, 1]] * 3)
BIASES = [2, -1, 4]
SHAPES = ((12, 12), (14, 14), (3, 3), (5, 13), (14, 4))


def compared(*shuffles: PixelShuffle) -> Any:
    traits = [shuffle.traits for shuffle in shuffles]
    calls = [("compared", [each["state"], each["data"]]) for each in traits]
    return node(arithmetic("shuffle"), calls)


def drawn_at_random(count: int) -> list[PixelShuffle]:
    rng, pixels = random.Random(8), np.random.default_rng(8)
    made = []
    for turn in range(count):
        images = pixels.integers(0, 256, (4, *SHAPES[turn % len(SHAPES)]))
        state = random_state(PixelShuffle.fields, rng)
        made.append(PixelShuffle(images=images, **state))
    return made


def shown(shuffle: PixelShuffle) -> Any:
    return np.array(shuffle.traits["data"]["images"])[shuffle.state["pick"]]


def correlation(image: Any) -> float:
    pairs = [
        (image[i, j], image[i + di, j + dj])
        for di, dj in ((0, 1), (1, 0))
        for i in range(image.shape[0] - di)
        for j in range(image.shape[1] - dj)
    ]
    return float(np.corrcoef(np.transpose(pairs))[0, 1])


def test_the_numbers_are_numpy_s() -> None:
    shuffles = drawn_at_random(60)
    for shuffle, got in zip(shuffles, compared(*shuffles), strict=True):
        image, s = shown(shuffle), shuffle.state
        order = _order(s, *image.shape)
        mixed = image.ravel()[order].reshape(image.shape)
        np.testing.assert_array_equal(got["places"], order, str(s))
        np.testing.assert_array_equal(got["mixed"], mixed)
        np.testing.assert_array_equal(got["y"], corr2d(image, KERNEL))
        np.testing.assert_array_equal(got["after"], corr2d(mixed, KERNEL))
        for neuron, bias in zip(got["neurons"], BIASES, strict=True):
            w, moved = np.array(neuron["w"]), np.array(neuron["moved"])
            assert neuron["before"]["value"] == (w * image).sum() + bias
            assert neuron["same"]["value"] == (w * mixed).sum() + bias
            assert neuron["after"]["value"] == (moved * mixed).sum() + bias
        for alike, picture in zip(got["alike"], (image, mixed), strict=True):
            np.testing.assert_allclose(alike["r"], correlation(picture), atol=1e-9)


def test_a_dense_layer_never_notices_and_windows_are_lost_as_counted() -> None:
    shuffles = drawn_at_random(60)
    for shuffle, got in zip(shuffles, compared(*shuffles), strict=True):
        for neuron in got["neurons"]:
            assert neuron["after"]["value"] == neuron["before"]["value"]
        places = np.arange(shown(shuffle).size).reshape(shown(shuffle).shape)
        windows = sliding_window_view(places, (3, 3)).reshape(-1, 9).tolist()
        mixed = sliding_window_view(
            np.array(got["places"]).reshape(places.shape), (3, 3)
        )
        known = [window in windows for window in mixed.reshape(-1, 9).tolist()]
        assert np.ravel(got["whole"]).tolist() == known
        assert (got["lost"], got["windows"]) == (known.count(False), len(known))


def test_pixels_that_wrap_around_are_no_neighbours() -> None:
    by_one = [*range(1, 16), 0]
    (whole,) = node(arithmetic("shuffle"), [("kept", [by_one, 4, 4])])
    assert whole == [[True, False], [True, False]]


def test_each_shuffle_moves_what_it_says() -> None:
    for seed in range(40):
        kinds = ("none", "blocks", "within", "all")
        each = {
            how: _order({"how": how, "block": 4, "seed": seed}, 12, 14) for how in kinds
        }
        for order in each.values():
            assert sorted(order) == list(range(168))
        assert list(each["none"]) == list(range(168))
        i, j = np.divmod(np.arange(168), 14)
        from_i, from_j = np.divmod(each["within"], 14)
        assert (from_i // 4 == i // 4).all()
        assert (from_j // 4 == j // 4).all()
        from_i, from_j = np.divmod(each["blocks"], 14)
        assert (from_i % 4 == i % 4).all()
        assert (from_j == j)[j >= 12].all()
        assert np.ptp(np.divmod(each["all"], 14)[0].reshape(12, 14), axis=1).all()


def test_the_lesson_s_numbers() -> None:
    every = [PixelShuffle(how=how) for how in ("none", "blocks", "within", "all")]
    found = compared(*every)
    assert [each["lost"] for each in found] == [0, 64, 100, 100]
    alike = [round(each["alike"][1]["r"], 2) for each in found]
    assert alike == [0.63, 0.46, 0.24, 0]
    assert [n["after"]["value"] for n in found[-1]["neurons"]] == [-94, 3, 52]
    assert [n["same"]["value"] for n in found[-1]["neurons"]] == [-37, 60, 46]


def test_equal_neighbours_have_no_correlation() -> None:
    flat = PixelShuffle(images=np.full((4, 5), 7))
    (got,) = compared(flat)
    assert [alike["r"] for alike in got["alike"]] == ["NaN", "NaN"]
    assert "none, as all are equal," in flat.figure().alt


def test_the_static_picture_is_the_lesson_s() -> None:
    plain = np.array(pictures())
    mixed = [
        p.ravel()[_order({"how": "all", "block": 4, "seed": 1}, 12, 12)] for p in plain
    ]
    captions = [f"{kind} {name}" for kind in ("plain", "shuffled") for name in NAMES]
    images = [*plain, *np.reshape(mixed, plain.shape)]
    wanted = figures.image_grid(images, captions, columns=4)
    picture = PixelShuffle().figure()
    assert picture.description == wanted.description
    assert picture.alt.startswith("house, face, digit 3, waves; below, their pixels")
    assert picture.alt.endswith("neighbours in house goes from 0.63 to 0.00")


def test_own_pictures() -> None:
    one = PixelShuffle(images=[[0, 1, 200], [3, 4, 5], [6, 7, 8]])
    assert one.traits["data"]["names"] == ["picture 0"]
    assert one.traits["data"]["most"] == 200
    assert compared(one)[0]["windows"] == 1
    with pytest.raises(ValueError, match="pick must be below 1, the number of images"):
        PixelShuffle(images=np.ones((5, 5)), pick=1)
    # A state from elsewhere shows the last picture.
    assert compared(PixelShuffle(images=np.ones((2, 5, 5)), pick=1))[0]["x"][0][0] == 1


@pytest.mark.parametrize(
    ("images", "message"),
    [
        (np.zeros(5), "images must have the shape (rows, columns) or"),
        (np.zeros((1000, 1000)), "rows and columns from 3 to 14, not (1000, 1000)"),
        (np.zeros((5, 12, 12)), "up to 4 of them"),
        (np.zeros((0, 12, 12)), "not (0, 12, 12)"),
        (np.zeros((2, 12)), "from 3 to 14, not (2, 12)"),
        (np.zeros((1, 3, 12, 12)), "not (1, 3, 12, 12)"),
        ([[1, 2], [3]], "images must be numbers, all rows of one length"),
        ("house", "images must be numbers"),
        (
            np.full((3, 3), np.nan),
            "images must hold whole numbers from 0 to 255, not nan",
        ),
        (np.full((3, 3), np.inf), "not inf"),
        (np.full((3, 3), 0.5), "not 0.5"),
        (np.full((3, 3), -1), "not -1.0"),
        (np.full((3, 3), 256), "not 256.0"),
    ],
)
def test_bad_images_are_named(images: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        PixelShuffle(images=images)
