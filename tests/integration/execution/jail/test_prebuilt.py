"""Jails that are built before they are asked for, and cleared away after."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.errors import JailError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jail
from grader.execution.jail.prebuilt import PrebuildingJailer
from grader.execution.kernel.client import Kernel
from tests.support import kernels


@pytest.fixture
def ahead(fork_server: ForkServer, nothing_left: None) -> Iterator[PrebuildingJailer]:
    opened = PrebuildingJailer(fork_server, ["numpy"], kernels.LIMITS)
    yield opened
    opened.close()


def built_ahead(ahead: PrebuildingJailer) -> Jail:
    assert ahead._next is not None
    return ahead._next.result()


def test_the_second_kernel_is_there_before_it_is_asked_for(
    ahead: PrebuildingJailer,
) -> None:
    with Kernel(ahead) as first:
        spare = built_ahead(ahead)
        assert first.run("x = 1", 10).ended == "ok"
    with Kernel(ahead) as second:
        assert second._jail is spare
        assert second.run("assert 'x' not in globals()", 10).ended == "ok"


def test_it_is_bounded_as_any_other(ahead: PrebuildingJailer) -> None:
    with Kernel(ahead) as first:
        assert built_ahead(ahead).extras == first.extras
        with Kernel(ahead) as second:
            assert second.extras == first.extras
            assert second.processes != first.processes


def test_while_one_runs_there_is_one_more_and_no_other(
    ahead: PrebuildingJailer, processes: Callable[[], set[str]]
) -> None:
    empty, counts = len(processes()), []
    for _ in range(3):
        with Kernel(ahead):
            built_ahead(ahead)
            counts.append(len(processes()) - empty)
    assert len(set(counts)) == 1
    ahead.close()
    assert len(processes()) - empty < counts[0] / 2


def test_one_that_has_died_is_replaced(ahead: PrebuildingJailer) -> None:
    Kernel(ahead).close()
    spare = built_ahead(ahead)
    os.kill(*spare_pid(spare), signal.SIGKILL)
    assert spare.ends_within(10)
    with Kernel(ahead) as kernel:
        assert kernel._jail is not spare
        assert kernel.run("1", 10).ended == "ok"


def spare_pid(spare: Jail) -> tuple[int]:
    text = Path(f"/proc/self/fdinfo/{spare.pidfd}").read_text()
    return (int(text.partition("Pid:")[2].split()[0]),)


def test_one_that_did_not_come_up_is_tried_again_and_its_reason_told(
    ahead: PrebuildingJailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> int:
        raise JailError("no room")

    with monkeypatch.context() as patch:
        patch.setattr(Jail, "_build", fail)
        with pytest.raises(JailError, match="no room"):
            Kernel(ahead)
    with Kernel(ahead) as kernel:
        assert kernel.run("1", 10).ended == "ok"


def test_no_kernel_is_given_out_while_another_is_cleared_away(
    ahead: PrebuildingJailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Kernel(ahead).close()
    built_ahead(ahead)
    release, remove = threading.Event(), Jail.remove

    def late(jail: Jail) -> None:
        release.wait(10)
        remove(jail)

    kernel = Kernel(ahead)
    monkeypatch.setattr(Jail, "remove", late)
    began = time.monotonic()
    kernel.close()
    assert time.monotonic() - began < 5
    threading.Timer(0.3, release.set).start()
    with Kernel(ahead) as after:
        assert release.is_set()
        assert after.run("1", 10).ended == "ok"


def test_two_threads_never_get_the_same_jail(
    ahead: PrebuildingJailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Kernel(ahead).close()
    built, taken = ahead._take_built, []

    def slow() -> Any:
        taken.append(ahead._next)
        time.sleep(0.2)
        return built()

    monkeypatch.setattr(ahead, "_take_built", slow)
    with ThreadPoolExecutor(2) as pool:
        opened = [pool.submit(Kernel, ahead) for _ in range(2)]
        first, second = (each.result() for each in opened)
    with first, second:
        assert len(set(taken)) == 2
        assert first.processes != second.processes


def test_what_runs_is_ended_at_once(ahead: PrebuildingJailer) -> None:
    kernel = Kernel(ahead)
    kernel.run("import os, time\nfor _ in range(5): os.fork() or time.sleep(99)", 0.5)
    kernel.close()
    kernel.close()
    ahead.close()  # nothing_left looks whether all of it is gone
