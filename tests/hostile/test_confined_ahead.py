"""Jails without namespaces that are built before they are used."""

from __future__ import annotations

import contextlib
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import process_tree
from grader.execution.jail.confined import ConfinedJail
from grader.execution.jail.factory import open_jailer
from grader.execution.jail.jail import Jail
from grader.execution.jail.prebuilt import PrebuildingConfinedJailer
from grader.execution.kernel.client import Kernel
from tests.support.confined_jails import LIMITS, MARKS, run, server

__all__ = ["server"]

pytestmark = MARKS

DAEMONS = """
    for _ in range(5):
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
"""
TOO_MANY_FILES = """
    for number in range(1000):
        open(f"f{number}", "wb").write(b"x" * (1 << 20))
    time.sleep(15)
"""


@pytest.fixture
def ahead(server: ForkServer) -> Iterator[PrebuildingConfinedJailer]:
    opened = PrebuildingConfinedJailer(server, ["numpy"], LIMITS)
    yield opened
    opened.close()


def built_ahead(ahead: PrebuildingConfinedJailer) -> ConfinedJail:
    assert ahead._next is not None
    return jail_of(ahead._next.result())


def jail_of(jail: Jail) -> ConfinedJail:
    assert isinstance(jail, ConfinedJail)
    return jail


def processes_of(jail: ConfinedJail) -> set[int]:
    return process_tree.descendants(forks.process_id(jail._warden))


def test_the_second_is_there_before_it_is_asked_for(
    ahead: PrebuildingConfinedJailer,
) -> None:
    with Kernel(ahead) as first:
        spare = built_ahead(ahead)
        assert run(first, "x = 1").ended == "ok"
    with Kernel(ahead) as second:
        assert second._jail is spare
        assert run(second, "assert 'x' not in globals()").ended == "ok"


def test_it_keeps_its_limits_as_any_other(ahead: PrebuildingConfinedJailer) -> None:
    Kernel(ahead).close()
    spare = built_ahead(ahead)
    time.sleep(2)  # so that it was not used for longer than between two looks
    with Kernel(ahead) as kernel:
        assert kernel._jail is spare
        ran = run(kernel, TOO_MANY_FILES)
    assert (ran.ended, ran.limit) == ("died", "disk_mb"), ran


def test_none_is_given_out_while_a_process_of_the_last_one_is_left(
    ahead: PrebuildingConfinedJailer,
) -> None:
    first = Kernel(ahead)
    assert run(first, textwrap.dedent(DAEMONS)).ended == "ok"
    left = processes_of(jail_of(first._jail))
    assert len(left) == 6
    first.close()
    with Kernel(ahead) as second:
        assert not any(Path(f"/proc/{process}").exists() for process in left)
        assert run(second, "1").ended == "ok"


def test_one_that_is_never_used_ends_with_its_jailer(
    ahead: PrebuildingConfinedJailer,
) -> None:
    Kernel(ahead).close()
    spare = built_ahead(ahead)
    held = processes_of(spare) | {forks.process_id(spare._warden)}
    assert len(held) == 2
    ahead.close()
    assert not any(Path(f"/proc/{process}").exists() for process in held)


def test_one_that_has_died_is_replaced(ahead: PrebuildingConfinedJailer) -> None:
    Kernel(ahead).close()
    spare = built_ahead(ahead)
    forks.kill(spare.pidfd)
    assert spare.ends_within(10)
    with Kernel(ahead) as kernel:
        assert kernel._jail is not spare
        assert run(kernel, "1").ended == "ok"


def test_grading_builds_them_ahead(
    server: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # without bubblewrap
    with contextlib.closing(
        open_jailer("confined", server, [], LIMITS, prebuild=True)
    ) as jailer:
        assert type(jailer) is PrebuildingConfinedJailer
