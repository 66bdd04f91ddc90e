"""Kernel messages become plain notebook outputs, whatever is in them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.notebooks import outputs

ODD: list[Any] = [
    None,
    5,
    "text",
    [],
    {},
    {"a": 1},
    "\ud800",
    ["\udfff"],
    {"b": "\udd00"},
]
FIELDS = ("name", "text", "data", "metadata", "ename", "evalue", "traceback")


@pytest.mark.parametrize(
    "kind", ["stream", "display_data", "execute_result", "error", "status", ""]
)
@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_content_becomes_an_output_that_can_be_written(kind: str, odd: Any) -> None:
    contents = [odd, *({field: odd} for field in FIELDS), dict.fromkeys(FIELDS, odd)]
    contents.append({"data": {"text/plain": odd, "image/png": odd, "text/x": odd}})
    made = [outputs.output_of(kind, content) for content in contents]
    json.dumps(made, ensure_ascii=False).encode()
    kinds = {output["output_type"] for output in made if output}
    assert kinds <= {kind} - {"status", ""}


def test_text_of_one_stream_is_joined_and_streams_are_kept_apart() -> None:
    kept = outputs.Shown()
    for name, text in [("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("x", "d")]:
        output = outputs.output_of("stream", {"name": name, "text": text})
        assert output
        kept.add(output)
    assert [(o["name"], o["text"]) for o in kept.all()] == [
        ("stdout", "ab"),
        ("stderr", "c"),
        ("stdout", "d"),
    ]


def test_text_is_not_joined_across_what_is_shown_in_between() -> None:
    kept = outputs.Shown()
    shown = outputs.output_of("display_data", {"data": {"text/plain": "x"}})
    assert shown
    kept.add(outputs.stream("stdout", b"a\xff"))
    kept.add(shown)
    kept.add(outputs.stream("stdout", b"b"))
    assert [o.get("text") for o in kept.all()] == [
        "a\N{REPLACEMENT CHARACTER}",
        None,
        "b",
    ]
    kept.add(outputs.stream("stdout", b"c"))
    assert kept.all()[-1]["text"] == "bc"


def test_unknown_kinds_of_data_are_dropped() -> None:
    data = {"application/javascript": "alert(1)", "text/plain": "x"}
    output = outputs.output_of("display_data", {"data": data})
    assert output == {
        "output_type": "display_data",
        "data": {"text/plain": "x"},
        "metadata": {},
    }


def test_a_note_is_on_standard_error() -> None:
    assert outputs.note("cut") == {
        "output_type": "stream",
        "name": "stderr",
        "text": "cut\n",
    }


def test_all_cells_together_show_no_more_than_some_full_ones() -> None:
    allowance = outputs.Allowance(1000)
    shown = outputs.output_of("stream", {"text": "x" * 900})
    assert shown is not None
    cell = [shown]
    kept = [allowance.take(cell) for _ in range(40)]
    assert kept[:30] == [cell] * 30
    for left_out in kept[33:]:
        assert "left out" in left_out[0]["text"]
    assert allowance.take([]) == []
