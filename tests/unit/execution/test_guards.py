"""The guards that a machine may offer beside namespaces: each does what it says."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from grader.execution.jail import cgroup, landlock, seccomp
from grader.execution.jail.cgroup import Place, bounds, places
from grader.execution.limits import MIB, Limits

PROLOGUE = """
import ctypes, errno, os, socket, sys
from grader.execution.jail import landlock, seccomp
libc = ctypes.CDLL(None, use_errno=True)
def error(call, *arguments):
    return errno.errorcode[ctypes.get_errno()] if call(*arguments) < 0 else ""
libc.prctl(38, 1, 0, 0, 0)
"""


def said(source: str, *arguments: str) -> str:
    """Return what a program prints that is run in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-c", PROLOGUE + textwrap.dedent(source), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


# --- system calls -------------------------------------------------------------------

needs_seccomp = pytest.mark.skipif(
    seccomp._PROGRAM is None, reason="libseccomp is not installed"
)


@needs_seccomp
def test_refused_calls_are_refused_and_others_go_on() -> None:
    found = said(
        """
        assert error(libc.personality, 0xFFFFFFFF) == ""
        assert seccomp.install()
        print(error(libc.personality, 0xFFFFFFFF))
        print(error(libc.unshare, 0x10000000))
        print(error(libc.ptrace, 0, 0, 0, 0))
        print(error(libc.mount, b"none", b"/tmp", b"tmpfs", 0, None))
        print(error(libc.ioctl, 0, 0x5412, b"x"))
        print(error(libc.ioctl, 0, 0xF00005412, b"x"))
        """
    )
    assert found.split() == ["EPERM"] * 6


@needs_seccomp
def test_sockets_are_left_in_the_jail_only() -> None:
    found = said(
        """
        seccomp.install()
        for family in range(48):
            try:
                socket.socket(family, socket.SOCK_DGRAM).close()
                print(family)
            except OSError as found:
                assert family in seccomp.FAMILIES or found.errno == errno.EAFNOSUPPORT
        """
    )
    assert set(map(int, found.split())) <= set(map(int, seccomp.FAMILIES))


@needs_seccomp
def test_threads_forks_and_programs_still_start() -> None:
    found = said(
        """
        import subprocess, threading
        seccomp.install()
        thread = threading.Thread(target=print, args=("thread",))
        thread.start(), thread.join()
        subprocess.run(["echo", "program"], check=True)
        if os.fork() == 0:
            print("fork", flush=True)
            os._exit(0)
        os.wait()
        """
    )
    assert sorted(found.split()) == ["fork", "program", "thread"]


def test_without_the_library_there_is_no_filter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seccomp, "_PROGRAM", None)
    assert seccomp.install() is False
    monkeypatch.setattr(seccomp, "LIBRARY", "libabsent.so.0")
    assert seccomp._compiled() is None


# --- files --------------------------------------------------------------------------


@pytest.mark.skipif(landlock.version() == 0, reason="this kernel has no Landlock")
def test_files_are_written_in_the_scratch_folders_only(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("whole")
    found = said(
        """
        assert landlock.install([sys.argv[1] + "/mine", "/dev"])
        os.chdir(sys.argv[1])
        print(open("other/file").read())
        for name in ("mine/new", "/dev/null"):
            open(name, "w").write("x")
        os.mkdir("mine/folder")
        os.rename("mine/new", "mine/folder/new")
        for call in (lambda: open("other/new", "w"), lambda: open("other/file", "a"),
                     lambda: os.truncate("other/file", 0), lambda: os.mkdir("x"),
                     lambda: os.unlink("other/file"), lambda: os.rmdir("other"),
                     lambda: os.rename("mine/folder/new", "other/new")):
            try:
                call()
                print("done")
            except OSError as found:
                print(errno.errorcode[found.errno])
        """,
        str(tmp_path),
    )
    whole, *errors = found.split()
    assert whole == "whole"
    assert set(errors) <= {"EACCES", "EXDEV"}
    assert len(errors) == 7
    assert (tmp_path / "other" / "file").read_text() == "whole"


def test_without_landlock_there_are_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert landlock.install(["/tmp"]) is False


# --- control groups ---------------------------------------------------------------


def test_groups_are_made_where_they_are_handed_on(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("0::/user/app/run.scope\n")
    app = tmp_path / "user" / "app"
    (app / "run.scope").mkdir(parents=True)
    for folder, handed_on in ((app, "cpu memory pids\n"), (app / "run.scope", "")):
        (folder / "cgroup.subtree_control").write_text(handed_on)
        (folder / "cgroup.procs").touch()
    assert places(tmp_path, own) == (Place(app, ("memory", "pids"), unified=True),)
    (app / "cgroup.subtree_control").write_text("cpu\n")
    assert places(tmp_path, own) == ()


def test_the_older_trees_are_one_for_each_controller(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("9:name=systemd:/\n8:pids:/\n4:memory:/a/b\n1:cpu:/\n0::/\n")
    assert places(tmp_path, own) == ()
    for folder in ("pids", "memory/a/b", "cpu"):
        (tmp_path / folder).mkdir(parents=True)
    assert set(places(tmp_path, own)) == {
        Place(tmp_path / "pids", ("pids",), unified=False),
        Place(tmp_path / "memory/a/b", ("memory",), unified=False),
    }


def test_a_jail_as_a_whole_may_hold_its_memory_and_its_files(tmp_path: Path) -> None:
    limits = Limits(memory_mb=100, disk_mb=10, processes=7)
    files = bounds(Place(tmp_path, ("memory", "pids"), True), limits, 50 * MIB)
    assert files["pids.max"] == "7"
    assert int(files["memory.max"]) == cgroup.ROOM + (50 + 100 + 3 * 10) * MIB
    older = bounds(Place(tmp_path, ("memory",), False), limits, 0)
    assert list(older) == ["memory.limit_in_bytes"]


def test_groups_that_killed_graders_left_are_removed(tmp_path: Path) -> None:
    old, new, other = (tmp_path / name for name in ("jail-1-a", "jail-1-b", "mine"))
    for folder in (old, new, other):
        folder.mkdir()
    for folder in (old, other):
        os.utime(folder, (0, 0))
    used = tmp_path / "jail-2-c"
    (used / "inner").mkdir(parents=True)  # as one with a process, it stays
    os.utime(used, (0, 0))
    cgroup.sweep((Place(tmp_path, ("pids",), unified=False),))
    assert set(tmp_path.iterdir()) == {new, other, used}


def test_a_group_that_cannot_be_made_is_left_out(tmp_path: Path) -> None:
    gone = Place(tmp_path / "gone", ("pids",), unified=False)
    group = cgroup.Group((gone,))
    group.take(os.getpid(), Limits())
    assert group.controllers == group.ran_out_of() == frozenset()
    group.remove()
