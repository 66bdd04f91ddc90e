"""The wire with generated values and messages, and the fuzzers themselves."""

from __future__ import annotations

import math
import subprocess
import sys
from io import StringIO
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from fuzz import inputs, report, wire
from grader.errors import WireError
from grader.execution.wire import codec, messages, registry
from grader.execution.wire.size_check import count_items
from tests.support.paths import ROOT

QUICK = settings(
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

# What needs TensorFlow: fuzz/keras.py draws objects of Keras, and a tensor is read as
# an array is.
OF_KERAS = {"tensor", "keras", "own keras"}

PARTS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.complex_numbers(allow_nan=False),
    st.text(),
    st.binary(),
)
KEYS = st.recursive(PARTS, lambda inner: st.lists(inner, max_size=3).map(tuple))
DATA = st.recursive(
    KEYS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.frozensets(KEYS, max_size=4),
        st.sets(KEYS, max_size=4),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
)
MESSAGES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**64 - 1),
        st.floats(),
        st.text(),
        st.binary(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=40),
        st.dictionaries(
            st.one_of(st.text(), st.sampled_from(sorted(codec.TAGS))), inner
        ),
    ),
)


@pytest.mark.slow
@QUICK
@given(DATA)
@example(-0.0)
def test_any_plain_value_comes_through(value: Any) -> None:
    decoded = codec.decode(messages.unpack(messages.pack(codec.encode(value))[4:]))
    assert type(decoded) is type(value)
    assert decoded == value


def items(message: Any) -> int:
    if isinstance(message, list):
        return 1 + sum(map(items, message))
    if isinstance(message, dict):
        return 1 + sum(items(k) + items(v) for k, v in message.items())
    return 1


@pytest.mark.slow
@QUICK
@given(MESSAGES)
def test_count_items_counts_all_items(message: Any) -> None:
    body = msgpack.packb(message)
    assert count_items(body) == items(message)
    for wrong in (body + b"\xc0", body[:-1]):
        with pytest.raises(WireError):
            count_items(wrong)


@pytest.mark.slow
@QUICK
@given(MESSAGES)
def test_any_message_gives_plain_data_or_a_wire_error(message: Any) -> None:
    try:
        value = codec.decode(messages.unpack(msgpack.packb(message)))
    except WireError:
        return
    assert type(value).__module__ in ("builtins", "numpy")


@QUICK
@given(st.binary(max_size=60))
def test_count_items_accepts_whatever_can_be_unpacked(body: bytes) -> None:
    try:
        message = msgpack.unpackb(body, raw=True, strict_map_key=False)
    except (ValueError, TypeError, msgpack.UnpackException):
        return
    if "ExtType" not in repr(message) and "Timestamp" not in repr(message):
        assert count_items(body) >= 1


@QUICK
@given(
    st.sampled_from("?bBhHiIlLqQefdFDSU"),
    st.lists(st.integers(0, 3), max_size=4),
    st.randoms(use_true_random=False),
)
def test_any_array_comes_through(code: str, shape: list[int], chance: Any) -> None:
    dtype = np.dtype(code + "3" if code in "SU" else code)
    size = math.prod(shape) * dtype.itemsize
    if code == "U":
        array = np.full(shape, "aé", dtype)
    else:
        array = np.frombuffer(chance.randbytes(size), dtype).reshape(shape)
    decoded = codec.decode(codec.encode(array))
    assert (decoded.dtype, decoded.shape) == (array.dtype, array.shape)
    assert code == "?" or decoded.tobytes() == array.tobytes()


@pytest.mark.slow
def tags(tree: Any) -> set[str]:
    """Return the tags in a tree."""
    if isinstance(tree, dict):
        return set(tree).union(*map(tags, tree.values()))
    return set().union(*map(tags, tree)) if isinstance(tree, list) else set()


def test_the_fuzzer_has_a_value_of_each_kind_that_a_jail_may_send() -> None:
    """Else it would take a right value of that kind for a finding."""
    drawn = set().union(*(tags(inputs.tree_of(value)) for value in inputs.VALUES))
    kinds = {kind.tag for kind in registry.CODECS if "student" in kind.senders}
    lacking = kinds - drawn - OF_KERAS
    assert not lacking, f"add a value to VALUES of fuzz/inputs.py for {lacking}"


def test_a_few_thousand_malformed_answers_are_refused() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "fuzz", *"--count 3000 --cells 500 --seed 20".split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "3,000 inputs, seed 20, 0 findings" in ran.stdout
    assert "500 streams, seed 20, 0 findings" in ran.stdout


def refuses_sevens(data: bytes) -> report.Failure:
    return "a seven" if b"7" in data else None


def test_a_finding_is_counted_shortened_and_printed() -> None:
    shown = StringIO()
    draws = [(refuses_sevens, b"1234567890"), (refuses_sevens, b"12345")]
    run = report.FuzzRun("numbers", "inputs", len(draws), 3)
    assert report.try_all(run, draws, Console(file=shown)) == 1
    assert "refuses_sevens: a seven: b'7'" in shown.getvalue()
    assert "numbers: 2 inputs, seed 3, 1 findings" in shown.getvalue()


def raises(data: bytes) -> report.Failure:
    raise ValueError(f"cannot read {data!r}")


def test_an_exception_of_a_check_is_a_finding() -> None:
    assert report.run_check(raises, b"x") == "ValueError: cannot read b'x'"


def test_a_seed_draws_the_same_inputs_again() -> None:
    first, second, other = (list(wire.draws(50, seed)) for seed in (1, 1, 2))
    assert first == second != other
