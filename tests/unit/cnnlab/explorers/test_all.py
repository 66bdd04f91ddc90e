"""What holds for each explorer: its fields, its size, its code, its static picture."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
import re
from typing import Any

import numpy as np
import pytest

from cnnlab import explorers
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Choice, Field, Truth, decode, encode, validated
from cnnlab.explorers._join import HERE, joined, stylesheet
from tests.support.explorers import KINDS, arithmetic, node, random_state

BYTES, ZIPPED = 25 * 1024, 8 * 1024
CODE_STATES = 12
BAD: tuple[Any, ...] = (None, "nonsense", 10**6, float("nan"), [1])

pytestmark = pytest.mark.parametrize("name", KINDS)


def as_in_javascript(field: Field) -> dict[str, Any]:
    about = dataclasses.asdict(field)
    if isinstance(field, Truth):
        return about | {"truth": True}
    if isinstance(field, Choice):
        return about | {"options": list(field.options)}
    return about


def test_python_and_javascript_have_the_same_fields(name: str) -> None:
    (fields,) = node(arithmetic(name), [("fields", [])])
    wanted = {key: as_in_javascript(field) for key, field in KINDS[name].fields.items()}
    assert fields == wanted
    assert list(fields) == list(wanted)


def test_python_and_javascript_write_the_same_text(name: str) -> None:
    fields = KINDS[name].fields
    (described,) = node(arithmetic(name), [("fields", [])])
    rng = random.Random(name)
    states = [random_state(fields, rng) for _ in range(20)]
    texts = [encode(name, state, fields) for state in states]
    kit = HERE / "kit" / "kit.mjs"
    assert node(kit, [("encode", [name, s, described]) for s in states]) == texts
    read = node(kit, [("decode", [text, name, described]) for text in texts])
    assert [each["state"] for each in read] == states
    assert [validated(decode(t, name, fields), fields) for t in texts] == states


def test_it_is_one_small_module(name: str) -> None:
    module = joined(name)
    # The Python code in it begins no statement.
    assert not re.search(r"(^|;)\s*import\b|\bimport\(", module, re.MULTILINE)
    assert "http" not in module.replace("http://www.w3.org/2000/svg", "")
    assert len(module.encode()) <= BYTES
    assert len(gzip.compress(module.encode(), mtime=0)) <= ZIPPED
    assert "@import" not in stylesheet(name)
    assert "url(" not in stylesheet(name)


def test_bad_values_are_named(name: str) -> None:
    kind = KINDS[name]
    for key, field in kind.fields.items():
        for bad in BAD:
            with pytest.raises(ValueError, match=f"^{key} must be ") as caught:
                kind("", **{key: bad})
            assert repr(bad)[:80] in str(caught.value)
        assert field.start == kind().state[key]
    with pytest.raises(ValueError, match=r"^'nonsense' is unknown; it must be one of "):
        kind(nonsense=1)
    with pytest.raises(ValueError, match="this text is for 'other'"):
        kind("other?x=1")


def test_the_static_picture_stands_for_it(name: str) -> None:
    rng = random.Random(name)
    for _ in range(2):
        explorer = KINDS[name](**random_state(KINDS[name].fields, rng))
        data, _ = explorer._repr_mimebundle_()
        assert set(data) == {"text/html", "image/png", "text/plain"}
        assert len(data["text/plain"]) > 20
        assert "<script" not in data["text/html"]


def test_it_is_listed(name: str) -> None:
    found = [getattr(explorers, each) for each in explorers.__all__]
    listed = {getattr(each, "name", "") for each in found}
    assert name in listed
    assert issubclass(KINDS[name], Explorer)
    assert KINDS[name].__doc__
    json.dumps(KINDS[name]().traits)


@pytest.mark.slow
def test_its_code_makes_the_numbers_on_screen(name: str) -> None:
    """`code` gives sources; `answers` what each of them must leave in a variable."""
    rng = random.Random(name)
    states = [random_state(KINDS[name].fields, rng) for _ in range(CODE_STATES)]
    data = KINDS[name]().traits["data"]
    file = arithmetic(name)
    sources = node(file, [("code", [state, data]) for state in states])
    answers = node(file, [("answers", [state, data]) for state in states])
    for state, source, wanted in zip(states, sources, answers, strict=True):
        for language, text in source.items():
            names: dict[str, Any] = {"print": lambda *shown: None}
            exec(text, names)
            for variable, value in wanted[language].items():
                got, want = np.asarray(names[variable]), np.asarray(value, float)
                np.testing.assert_allclose(
                    got, want, atol=1e-4, err_msg=f"{language} {variable} {state}"
                )
