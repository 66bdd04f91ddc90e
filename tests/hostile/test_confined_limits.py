"""Jails without namespaces keep their limits, and none starts that is not tight."""

from __future__ import annotations

import contextlib
import ctypes
import os
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.errors import JailError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import confine, landlock, refused_calls, scratch
from grader.execution.jail.confined import ConfinedJail, ConfinedJailer
from grader.execution.jail.levels import obstacle_to
from grader.execution.kernel.client import Kernel
from tests.support import loosened
from tests.support.confined_jails import (
    AS_ROOT,
    LIMITS,
    MARKS,
    TRIED,
    Look,
    jailer,
    look,
    look_with,
    run,
    server,
)

__all__ = ["jailer", "look", "server"]

pytestmark = MARKS


# --- limits ---------------------------------------------------------------------------

GREEDY = {
    "one file after the other": (
        "disk_mb",
        """
        for number in range(1000):
            open(f"f{number}", "wb").write(b"x" * (1 << 20))
        """,
    ),
    "files in no folder": (
        "disk_mb",
        """
        kept = []
        for number in range(100):
            kept.append(open("f", "wb"))
            os.unlink("f")
            kept[-1].write(b"x" * (1 << 20)), kept[-1].flush()
        """,
    ),
    "files that are only mapped": (
        "disk_mb",
        """
        import mmap
        kept = []
        for number in range(100):
            with open("f", "w+b") as file:
                file.write(b"x" * (1 << 20)), file.flush()
                kept.append(mmap.mmap(file.fileno(), 4096))
            os.unlink("f")
        """,
    ),
    "files in a closed folder": (
        "disk_mb",
        """
        os.mkdir("closed", 0o300)
        for number in range(100):
            open(f"closed/f{number}", "wb").write(b"x" * (1 << 20))
        """,
    ),
    "memory of many": (
        "memory_mb",
        """
        for _ in range(10):
            if os.fork() == 0:
                held = bytearray(100 << 20)
                time.sleep(60)
        """,
    ),
    "processes": (
        "processes",
        """
        for _ in range(60):
            with contextlib.suppress(OSError):
                if os.fork() == 0:
                    time.sleep(60)
        """,
    ),
}


@pytest.mark.parametrize(("limit", "code"), GREEDY.values(), ids=GREEDY)
def test_a_jail_as_a_whole_has_limits(
    jailer: ConfinedJailer, limit: str, code: str
) -> None:
    if limit == "processes" and AS_ROOT:
        pytest.skip("for a user of its own the system keeps this limit")
    with Kernel(jailer) as kernel:
        ran = run(kernel, textwrap.dedent(code) + "\ntime.sleep(15)")
    assert (ran.ended, ran.limit) == ("died", limit), ran


@pytest.mark.skipif(not AS_ROOT, reason="without a user of its own it is counted")
def test_the_system_limits_the_processes_of_a_user(look: Look) -> None:
    seen = look(
        """
        children, refused = [], 0
        for _ in range(60):
            try:
                child = os.fork()
            except BlockingIOError:
                refused += 1
                continue
            if child == 0:
                time.sleep(60)
            children.append(child)
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
        seen = [len(children), refused]
        """
    )
    assert seen[0] < LIMITS.processes
    assert seen[1] > 0


@pytest.mark.skipif(AS_ROOT, reason="each jail has a user of its own")
def test_fork_bombs_keep_no_other_jail_from_starting_processes(
    server: ForkServer,
) -> None:
    """There is one for each processor, and the other jail works all the time."""
    bomb = "while True:\n    with contextlib.suppress(OSError):\n        os.fork()"
    honest = """
        import threading
        end = time.monotonic() + 4
        while time.monotonic() < end:
            sleeps = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in "abc"]
            for thread in sleeps:
                thread.start()
            for thread in sleeps:
                thread.join()
        """
    count = len(os.sched_getaffinity(0))
    jailer = ConfinedJailer(server, ["numpy"], replace(LIMITS, processes=256))
    with contextlib.ExitStack() as stack:
        other, *bombs = [stack.enter_context(Kernel(jailer)) for _ in range(count + 1)]
        with ThreadPoolExecutor(count) as pool:
            bombing = [pool.submit(kernel.run, TRIED + bomb, 6) for kernel in bombs]
            ran = run(other, honest)
            assert ran.ended == "ok", ran
            ended = {(each.result().ended, each.result().limit) for each in bombing}
            assert ended == {("died", "processes")}


def test_many_processes_get_the_lowest_priority(jailer: ConfinedJailer) -> None:
    code = """
        before, children = os.getpriority(os.PRIO_PROCESS, 0), []
        for _ in range(int(LIMIT) // 3):
            child = os.fork()
            if child == 0:
                time.sleep(60)
            children.append(child)
        end = time.monotonic() + 20
        priorities = {before}
        while priorities != {19} and time.monotonic() < end:
            time.sleep(0.1)
            priorities = {os.getpriority(os.PRIO_PROCESS, each) for each in children}
        try:
            os.setpriority(os.PRIO_PROCESS, 0, 0)
        except PermissionError:
            priorities.add("refused")
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)
        seen = [before, sorted(map(str, priorities))]
        """
    with Kernel(jailer) as kernel:
        before, after = look_with(kernel)(code.replace("LIMIT", f"{LIMITS.processes}"))
    assert before < 19
    assert after == ["19", "refused"]


# --- it fails closed ------------------------------------------------------------------


def test_a_process_without_a_jail_is_found_not_tight(tmp_path: Path) -> None:
    made = scratch.make(str(tmp_path), None, {})
    found = "\n".join(confine.breaches(made, None))
    made.remove()
    for text in (
        "a file outside can be read",
        "a file outside can be written",
        "the root folder can be listed",
        "the cmdline of other processes can be read",
        "a socket can be made",
        "everyone's processes can be signalled",
    ):
        assert text in found


@pytest.mark.parametrize("what", loosened.WAYS)
def test_a_jail_that_is_not_tight_gets_no_code(
    jailer: ConfinedJailer, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "user" and not AS_ROOT:
        pytest.skip("other users have only their own id")
    if what == "priorities" and AS_ROOT:
        pytest.skip("a user of its own cannot do this anyway")
    if what == "capabilities" and not AS_ROOT:
        pytest.skip("other users have none")
    if what == "namespaces" and in_container():
        pytest.skip("a container cannot do this anyway")

    # A folder in which no other test makes jails.
    with tempfile.TemporaryDirectory(dir=jailer.parent) as parent:
        Path(parent).chmod(0o755)
        monkeypatch.setattr(jailer, "parent", parent)
        with pytest.raises(JailError, match=r"no kernel started in the jail"):
            loosened_jail(jailer, what)
        # The warden removes the jail's folder once everything in the jail has ended.
        end = time.monotonic() + 10
        while list(Path(parent).iterdir()) and time.monotonic() < end:
            time.sleep(0.05)
        assert list(Path(parent).iterdir()) == []


@pytest.mark.skipif(not AS_ROOT, reason="other users have only their own id")
def test_root_runs_no_code_without_another_user(jailer: ConfinedJailer) -> None:
    class Rootly(ConfinedJail):
        def _payload(self, jailer: Any) -> dict[str, Any]:
            return super()._payload(jailer) | {"user": None}

    with pytest.raises(JailError, match="root may not run student code"):
        Rootly(jailer)


def test_a_jail_that_starts_slowly_starts(jailer: ConfinedJailer) -> None:
    """Before it has given up its privileges its warden cannot read it."""
    jail = loosened_jail(jailer, loosened.SLOWLY)
    assert jail.alive()
    assert jail.ran_out_of() == set()
    jail.kill()


def loosened_jail(jailer: ConfinedJailer, what: str) -> ConfinedJail:
    class Loosened(ConfinedJail):
        entry = loosened.ENTRY

        def _payload(self, jailer: Any) -> dict[str, Any]:
            return super()._payload(jailer) | {"loosen": what}

    return Loosened(jailer)


def in_container() -> bool:
    """Return whether a filter of system calls refuses all new namespaces here."""
    return bool(ctypes.CDLL(None).unshare(0) != 0)


def test_without_landlock_there_is_no_such_jail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert "the level confined needs Landlock" in obstacle_to("confined")
    monkeypatch.undo()
    monkeypatch.setattr(refused_calls, "WITH_NAMESPACES", None)
    assert "the level confined needs libseccomp" in obstacle_to("confined")
