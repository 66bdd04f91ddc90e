"""Our own memory is watched while others may fill it."""

from __future__ import annotations

import mmap
import threading

from grader.swelling import Watch, resident_bytes

MIB = 1 << 20


def test_what_this_process_holds_is_seen_to_grow() -> None:
    before = resident_bytes()
    with mmap.mmap(-1, 64 * MIB) as held:
        held.write(b"x" * (64 * MIB))
        assert resident_bytes() - before > 60 * MIB


def test_growth_beyond_the_bound_trips_it_once() -> None:
    calls: list[int] = []
    tripped = threading.Event()

    def stop() -> None:
        calls.append(1)
        tripped.set()

    watch = Watch(stop, 32 * MIB)
    with mmap.mmap(-1, 64 * MIB) as held:
        held.write(b"x" * (64 * MIB))
        assert tripped.wait(30)
        watch.close()
    watch.close()
    assert watch.tripped
    assert calls == [1]


def test_one_that_was_closed_calls_nobody() -> None:
    calls: list[int] = []
    watch = Watch(lambda: calls.append(1), 32 * MIB)
    watch.close()
    with mmap.mmap(-1, 64 * MIB) as held:
        held.write(b"x" * (64 * MIB))
    assert not watch.tripped
    assert calls == []
