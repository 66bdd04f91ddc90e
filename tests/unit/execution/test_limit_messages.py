"""What is said of each limit, and by what a limit is known."""

from __future__ import annotations

import dataclasses

import pytest

from grader.execution import limit_messages
from grader.execution.limits import Limits

LIMITS = Limits(memory_mb=512, cell_seconds=2.5)


@pytest.mark.parametrize(
    ("ended", "error", "limit"),
    [
        ("ok", "", ""),
        ("error", "ValueError: no", ""),
        ("error", "OSError: [Errno 2] No such file", ""),
        ("error", "RuntimeError: something else", ""),
        ("error", "MyMemoryErrorHandler: x", ""),
        ("timeout", "", "cell_seconds"),
        ("flooded", "", "output_kb"),
        ("died", "", ""),
        ("error", "MemoryError", "memory_mb"),
        ("error", "MemoryError: Unable to allocate 763. MiB", "memory_mb"),
        ("error", "_ArrayMemoryError: Unable to allocate", "memory_mb"),
        ("error", "ResourceExhaustedError: OOM", "memory_mb"),
        ("error", "OSError: [Errno 28] No space left on device", "disk_mb"),
        ("error", "OSError: [Errno 27] File too large", "disk_mb"),
        ("error", "OSError: [Errno 24] Too many open files: 'x'", "files"),
        ("error", "RuntimeError: can't start new thread", "processes"),
        ("error", "BlockingIOError: [Errno 11] Resource", "processes"),
    ],
)
def test_a_limit_is_known_by_how_a_cell_ended(
    ended: str, error: str, limit: str
) -> None:
    assert limit_messages.limit_of(ended, error) == limit


def test_a_kernel_that_was_ended_for_its_memory_ran_into_that_limit() -> None:
    assert limit_messages.limit_of("died", "", {"memory", "pids"}) == "memory_mb"
    assert limit_messages.limit_of("died", "", {"pids"}) == ""


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Limits)])
def test_every_limit_has_its_sentences_with_its_value(name: str) -> None:
    to_student = limit_messages.to_student(name, LIMITS)
    to_instructor = limit_messages.to_instructor(name, LIMITS)
    value = f"{getattr(LIMITS, name):g}"
    # Students do not choose what a test calls, and cannot use this value.
    assert f" {value}" in to_student or name == "call_seconds"
    assert f" {value}" in to_instructor
    for said in (to_student, to_instructor):
        assert "\n" not in said
        assert not said.endswith(".")


def test_no_limit_has_no_sentence() -> None:
    assert (
        limit_messages.to_student("", LIMITS)
        == limit_messages.to_instructor("", LIMITS)
        == ""
    )
