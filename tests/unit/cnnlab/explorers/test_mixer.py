"""The channel mixer: maps against NumPy and Python, weights, what is refused."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnlab.explorers import ChannelMixer
from tests.support.explorers import arithmetic, node, random_state

FILE = arithmetic("mixer")
# What the page computes, in a form that JSON can hold.
CALLS = f"""
import * as page from {json.dumps(FILE.as_uri())};
export const impossible = page.impossible;
export const costs = page.costs;
export const changed = page.changed;
export const weight = (state, ...place) => page.weights(state)(...place);
export const mixed = (state, data, f) => {{
  const image = page.picture3(data);
  const found = page.mixed(image, page.layer(state)[f], Number(state.size));
  return {{ parts: found.parts.map((part) => [...part]), values: [...found.values] }};
}};
"""


def page(folder: Path, calls: list[tuple[str, list[Any]]]) -> list[Any]:
    (folder / "calls.mjs").write_text(CALLS)
    return node(folder / "calls.mjs", calls)


def mixers(count: int) -> list[ChannelMixer]:
    """Return mixers in random states, with random weights and pictures of all sizes."""
    rng, numbers = random.Random(count), np.random.default_rng(count)
    found = []
    for n in range(count):
        state = random_state(ChannelMixer.fields, rng)
        image: Any = None
        if n % 2:
            sides = (64, 64) if n == 1 else numbers.integers(3, 20, size=2)
            image = numbers.integers(0, 256, size=(*sides, 3)).astype(np.uint8)
        edits = [
            f"{rng.randrange(4)},{rng.randrange(4)},{rng.randrange(9)},"
            f"{rng.randint(-99, 99)}"
            for _ in range(rng.randrange(60))
        ]
        found.append(ChannelMixer(image=image, **state | {"edits": "~".join(edits)}))
    return found


def test_the_maps_are_numpys(tmp_path: Path) -> None:
    shown = mixers(16)
    assert shown[1].image().shape == (64, 64, 3)
    for mixer in shown:
        state, data = mixer.state, mixer.traits["data"]
        f = state["filters"] - 1
        ((got),) = page(tmp_path, [("mixed", [state, data, f])])
        kernel = mixer.kernel()
        view = np.lib.stride_tricks.sliding_window_view
        windows = view(mixer.image(), kernel.shape[:2], (0, 1))
        parts = np.einsum("ijcab,abc->cij", windows, kernel[..., f])
        np.testing.assert_allclose(got["parts"], parts.reshape(3, -1))
        want = parts.sum(axis=0) + mixer.bias()[f]
        np.testing.assert_allclose(got["values"], want.ravel())
        np.testing.assert_allclose(mixer.maps()[..., f], want)


def test_a_layer_costs_what_keras_counts(tmp_path: Path) -> None:
    for mixer in mixers(8):
        (costs,) = page(tmp_path, [("costs", [mixer.state])])
        assert costs["weights"] == mixer.kernel().size
        assert costs["biases"] == mixer.bias().size
        assert costs["maps"] == mixer.maps().shape[2]


def test_red_and_not_green_finds_the_red_ball_alone() -> None:
    mixer = ChannelMixer(filters=1)
    strong = mixer.maps()[..., 0] > 90
    columns = np.nonzero(strong)[1]
    assert strong.sum() > 60
    red, green, blue = mixer.image()[strong].T
    assert (red > 1.5 * green).all()
    assert (red > 1.5 * blue).all()
    assert columns.max() < 24  # the yellow ball and the cloth are bright in red, too
    assert (mixer.image()[..., 0] > 180)[:, 24:].any()


def test_a_painted_weight_replaces_the_one_before(tmp_path: Path) -> None:
    state = ChannelMixer(edits="1,2,4,-3~0,0,0,7").state
    (edits,) = page(tmp_path, [("changed", [state, [1, 2, 4], 12])])
    assert edits == "0,0,0,7~1,2,4,12"
    found = page(
        tmp_path,
        [
            ("weight", [state | {"edits": edits}, *place])
            for place in ((1, 2, 4), (0, 0, 0), (0, 0, 4), (3, 3, 4))
        ],
    )
    assert found == [12, 7, 1, 0]
    assert ChannelMixer(edits=edits).kernel()[0, 0, 2, 1] == 12


def test_all_weights_can_be_painted() -> None:
    places = [
        (f, c, place)
        for f in range(4)
        for c in range(4)
        for place in (range(9) if c < 3 else [4])
    ]
    edits = "~".join(f"{f},{c},{place},-99" for f, c, place in places)
    mixer = ChannelMixer(edits=edits, filters=4, size="3")
    assert (mixer.kernel() == -99).all()
    assert (mixer.bias() == -99).all()


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.ones((8, 8)), "must have the shape (rows, columns, 3), not (8, 8)"),
        (np.ones((8, 8, 4)), "the shape (rows, columns, 3), not (8, 8, 4)"),
        (np.ones((600, 600, 3)), "3 to 64 rows and columns, not 600 and 600"),
        (np.ones((2, 9, 3)), "3 to 64 rows and columns, not 2 and 9"),
        (np.full((8, 8, 3), np.nan), "values from 0 to 1, not nan to nan"),
        (np.full((8, 8, 3), 256), "values from 0 to 255, not 256 to 256"),
    ],
)
def test_bad_pictures_are_named(image: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ChannelMixer(image=image)


@pytest.mark.parametrize("bad", ["4,0,4,1", "0,4,4,1", "0,0,9,1", "0,0,4,100", "1,2"])
def test_bad_weights_are_named_in_both_languages(tmp_path: Path, bad: str) -> None:
    legal = "must be filter,channel,place,weight such as 0,1,4,-2"
    with pytest.raises(ValueError, match=f"edits {legal}, not '{bad}'"):
        ChannelMixer(edits=f"0,0,4,1~{bad}")
    state = ChannelMixer().state | {"edits": f"0,0,4,5~{bad}"}
    (why,) = page(tmp_path, [("impossible", [state])])
    assert why == f"edits has {bad}: it {legal}"
    assert page(tmp_path, [("weight", [state, 0, 0, 4])]) == [5]
