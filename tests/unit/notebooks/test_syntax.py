"""Python is parsed by one thread at a time."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.notebooks import syntax

NESTED = "x = [[[[1, 2], [3, 4]], 5], {'a': {'b': [f(1)]}}]\n" * 20


class _Cycle:
    """Garbage whose finalizer lets another thread run, as generators' do."""

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        sum(range(2000))


@pytest.fixture
def often_interrupted() -> Iterator[None]:
    """Make Python change threads and collect garbage as often as it can."""
    interval, thresholds = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(1, 1, 1)
    yield
    gc.set_threshold(*thresholds)
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("often_interrupted")
def test_threads_that_parse_at_once_do_not_disturb_each_other() -> None:
    def parse_often(_: int) -> int:
        lines = 0
        for _ in range(50):
            _Cycle()
            lines += len(syntax.parse(NESTED).body)
        return lines

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(parse_often, range(4))) == [1000] * 4
