"""Jails without namespaces, looked at from inside and from outside.

test_hostile.py tries what hostile submissions get in them if the environment has
``SANDBOX=confined``, and test_confined_limits.py their limits and their checks.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import proc, process_tree, spare_users
from grader.execution.jail.confined import ConfinedJail, ConfinedJailer
from grader.execution.jail.spare_users import SpareUser
from grader.execution.kernel.client import Kernel
from tests.support.confined_jails import (
    AS_ROOT,
    LIMITS,
    MARKS,
    Look,
    jailer,
    look,
    look_with,
    run,
    server,
)
from tests.support.paths import ROOT

__all__ = ["jailer", "look", "server"]

pytestmark = MARKS


# --- files ----------------------------------------------------------------------------


def test_files_outside_are_neither_read_nor_written(look: Look, tmp_path: Path) -> None:
    book = tmp_path / "gradebook.db"
    book.write_text("scores")
    for folder in (tmp_path, *tmp_path.parents):
        with contextlib.suppress(PermissionError):
            folder.chmod(folder.stat().st_mode | 0o005)
    book.chmod(0o666)
    seen = look(
        f"""
        book = {str(book)!r}
        calls = [(open, book), (open, book, "r+"), (open, book, "a"), (os.unlink, book),
                 (os.truncate, book, 0), (os.open, book, os.O_RDONLY | os.O_TRUNC),
                 (os.listdir, os.path.dirname(book)), (os.rename, book, "mine"),
                 (os.link, book, "mine"), (os.mkdir, book + "-new"),
                 (os.symlink, "x", book + "-link")]
        seen = [tried(*call) for call in calls]
        """
    )
    assert set(seen) <= {"PermissionError", "OSError"}
    assert book.read_text() == "scores"
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]


def test_modes_owners_and_times_of_files_outside_stay(
    look: Look, tmp_path: Path
) -> None:
    book = tmp_path / "gradebook.db"
    book.write_text("scores")
    before = book.stat()
    look(
        f"""
        book, readable = {str(book)!r}, os.__file__
        for path in (book, readable):
            tried(os.chmod, path, 0)
            tried(os.chown, path, os.getuid(), -1)
            tried(os.utime, path, (1, 1))
            tried(os.setxattr, path, "user.mark", b"x")
        with open(readable) as file:
            tried(os.fchmod, file.fileno(), 0)
            tried(os.utime, file.fileno())
        seen = 1
        """
    )
    after = book.stat()
    assert after.st_mode == before.st_mode
    assert after.st_mtime_ns == before.st_mtime_ns
    assert after.st_uid == before.st_uid
    assert os.listxattr(book) == []
    assert Path(os.__file__).stat().st_mode & 0o444 == 0o444


def test_secrets_and_sources_are_closed(look: Look) -> None:
    names = [str(ROOT / "solutions"), str(ROOT / "pyproject.toml"), "/etc/passwd"]
    names += ["/", "/tmp", "/home", "/root", "/var", "/run", "/dev/shm", "/sys"]
    names += ["/proc", "/proc/self/mounts", "/proc/self/net", "/proc/self/cgroup"]
    seen = look(
        f"""
        def read(path):
            return os.listdir(path) if os.path.isdir(path) else open(path).read()
        seen = {{path: tried(read, path) for path in {names!r}}}
        """
    )
    assert set(seen.values()) <= {"PermissionError", "FileNotFoundError"}, seen


def test_the_scratch_folders_are_its_own_and_end_with_it(
    jailer: ConfinedJailer,
) -> None:
    with Kernel(jailer) as kernel:
        seen = look_with(kernel)(
            f"""
            import tempfile
            open("kept", "w").write("x")
            os.makedirs("a/b/c")
            tempfile.mkstemp()
            if {AS_ROOT}:
                os.mkdir("closed", 0)
            deep = ""
            for _ in range(400):
                os.mkdir("d")
                os.chdir("d")
            seen = [os.environ["HOME"], tempfile.gettempdir()]
            """
        )
        folder = Path(seen[0]).parent
        assert folder.is_dir()
        assert folder == Path(seen[1]).parent
    assert not folder.exists()


def test_files_beside_the_notebook_are_copies(
    jailer: ConfinedJailer, tmp_path: Path
) -> None:
    data = tmp_path / "data.csv"
    data.write_text("1,2")
    with_file = ConfinedJailer(jailer.fork_server, [], LIMITS)
    with_file.files = {"sub/data.csv": data}
    with Kernel(with_file) as kernel:
        seen = look_with(kernel)(
            """
            text = open("sub/data.csv").read()
            open("sub/new", "w").close()
            name = "sub/data.csv"
            seen = [text, tried(open, name, "w"), tried(os.unlink, name)]
            """
        )
    assert seen[0] == "1,2"
    assert data.read_text() == "1,2"
    if AS_ROOT:
        assert seen[1:] == ["PermissionError"] * 2


# --- other processes ------------------------------------------------------------------


def test_other_processes_are_neither_read_nor_touched(look: Look) -> None:
    me = os.getpid()
    seen = look(
        f"""
        import glob
        found = glob.glob("/proc/[0-9]*")
        def read(name):
            return open(f"/proc/{me}/{{name}}", "rb").read(1)
        files = [tried(read, n) for n in ("cmdline", "environ", "mem", "maps", "stat")]
        link = f"/proc/{me}/".__add__
        links = [tried(os.readlink, link(name)) for name in ("exe", "cwd", "fd/0")]
        calls = [tried(*call) for call in (
            (os.kill, {me}, 0), (os.kill, -1, 0), (os.kill, {me}, signal.SIGSTOP),
            (libc.ptrace, 16, {me}, None, None),
            (os.setpriority, os.PRIO_PROCESS, {me}, 19),
            (os.setpriority, os.PRIO_USER, 0, 19),
            (os.sched_setaffinity, {me}, {{0}}),
            (libc.prlimit, {me}, 7, None, ctypes.byref(ctypes.c_uint64())),
            (libc.process_vm_readv, {me}, None, 0, None, 0, 0),
            (signal.pidfd_send_signal, os.pidfd_open({me}), signal.SIGSTOP),
            (libc.syscall, 438, os.pidfd_open({me}), 1, 0),
        )]
        import fcntl
        pipe = os.pipe()
        calls.append(tried(fcntl.fcntl, pipe[0], fcntl.F_SETOWN, {me}))
        seen = [found, files, links, calls]
        """
    )
    found, files, links, calls = seen
    assert found == []
    assert set(files + links) == {"PermissionError"}
    assert set(calls) <= {"PermissionError", "EPERM", "OSError", "EFAULT"}, calls
    assert os.getpriority(os.PRIO_PROCESS, 0) < 19


def test_its_own_processes_can_be_ended(look: Look) -> None:
    seen = look(
        """
        child = subprocess.Popen(["sleep", "60"])
        child.kill()
        seen = child.wait()
        """
    )
    assert seen == -9


@pytest.mark.skipif(not AS_ROOT, reason="other users have only their own id")
def test_each_jail_has_a_user_of_its_own(jailer: ConfinedJailer) -> None:
    with Kernel(jailer) as one, Kernel(jailer) as other:
        users = [
            look_with(kernel)(
                "seen = [*os.getresuid(), *os.getresgid(), os.getgroups()]"
            )
            for kernel in (one, other)
        ]
    assert all(len(set(user[:6])) == 1 and user[6] == [] for user in users)
    assert users[0][0] != users[1][0]
    assert 0 not in (users[0][0], users[1][0])


@pytest.mark.skipif(not AS_ROOT, reason="other users have only their own id")
@pytest.mark.parametrize("as_root", [False, True])
def test_processes_of_a_user_are_killed_only_without_roots_rights(
    monkeypatch: pytest.MonkeyPatch, as_root: bool
) -> None:
    user = spare_users.claim()
    with sleeping_as(user) as sleeping:
        if as_root:  # then it would kill all processes there are
            monkeypatch.setattr(proc, "has_capability", lambda _: True)
        user.kill_all()
        assert os.getresuid() == (0, 0, 0)
        end = time.monotonic() + (0.2 if as_root else 20)
        while _alive(sleeping) and time.monotonic() < end:
            time.sleep(0.01)
        assert _alive(sleeping) == as_root
    user.release()


@pytest.mark.skipif(not AS_ROOT, reason="other users have only their own id")
def test_a_user_that_still_has_processes_is_not_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = spare_users.claim()
    number = first.id - spare_users.FIRST
    with sleeping_as(first):
        first.release()  # as if its warden had been killed
        numbers = iter([number, (number + 1) % spare_users.COUNT])
        monkeypatch.setattr(secrets, "randbelow", lambda _: next(numbers))
        second = spare_users.claim()
        assert second.id != first.id
        second.release()


@contextlib.contextmanager
def sleeping_as(user: SpareUser) -> Iterator[int]:
    """Start a process that sleeps as a user; yield its id, and end it."""
    sleeping = os.fork()
    if sleeping == 0:
        user.release()
        user.become()
        time.sleep(60)
        os._exit(0)
    while _owner(sleeping) != user.id:
        time.sleep(0.01)
    try:
        yield sleeping
    finally:
        os.kill(sleeping, 9)
        os.waitpid(sleeping, 0)


SPARE = range(spare_users.FIRST, spare_users.FIRST + spare_users.COUNT)
HOPPING = """
        for _ in range({count}):
            if os.fork() == 0:
                os.setsid()
                while True:
                    if os.fork():
                        os._exit(0)
        """
ESCAPES = {
    "a daemon": """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.execvp("sleep", ["sleep", "7071"])
            os._exit(0)
        """,
    "one that forks again and again": HOPPING.format(count=1),
    "many that fork again and again": HOPPING.format(count=8),
    "ones that ignore all signals": """
        for _ in range(5):
            if os.fork() == 0:
                for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
                    signal.signal(number, signal.SIG_IGN)
                time.sleep(7071)
        """,
}


@pytest.mark.parametrize("code", ESCAPES.values(), ids=ESCAPES)
def test_nothing_outlives_the_jail(server: ForkServer, code: str) -> None:
    # With room for processes that have ended and still count for a moment.
    roomy = replace(LIMITS, processes=10 * LIMITS.processes)
    with Kernel(ConfinedJailer(server, ["numpy"], roomy)) as kernel:
        ran = run(kernel, code)
        assert ran.ended == "ok", ran
        (process,) = kernel.processes
        user = _owner(process)
        assert process in _of_user(user)
        tree = process_tree.descendants(proc.parent(process))
        assert process in tree
    assert not any(map(_alive, tree))
    if AS_ROOT:
        # The user is this jail's alone, so this finds what is in no tree any more, too.
        assert user in SPARE
        assert list(_of_user(user)) == []


def _alive(process: int) -> bool:
    try:
        return proc.state(process) != "Z"
    except OSError:
        return False


def _of_user(user: int) -> Iterator[int]:
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if _owner(int(process.name)) == user:
                yield int(process.name)


def _owner(process: int) -> int:
    return Path(f"/proc/{process}").stat().st_uid


def test_a_jail_ends_with_the_grader(jailer: ConfinedJailer) -> None:
    child = os.fork()
    if child == 0:
        jail = ConfinedJail(jailer)
        Path(jailer.parent, "jail-of-a-child").write_text(str(jail.processes[0]))
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    note = Path(jailer.parent, "jail-of-a-child")
    process = int(note.read_text())
    note.unlink()
    end = time.monotonic() + 10
    while _alive(process) and time.monotonic() < end:
        time.sleep(0.02)
    assert not _alive(process)


# --- the network ----------------------------------------------------------------------


def test_sockets_are_pairs_only(look: Look) -> None:
    seen = look(
        """
        families = [f for f in range(48)
                    if tried(socket.socket, f, socket.SOCK_DGRAM) != "OSError"]
        pairs = [tried(socket.socketpair, socket.AF_UNIX, kind) for kind in
                 (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM)]
        one, other = socket.socketpair()
        one.send(b"x")
        calls = [tried(one.connect, b"\\0name"), tried(one.bind, b"\\0name"),
                 tried(one.sendmsg, [b"x"]), tried(socket.send_fds, one, [b"x"], [0])]
        seen = [families, pairs, calls, other.recv(1).decode()]
        """
    )
    assert seen == [
        [],
        ["done", "done", "PermissionError"],
        ["PermissionError"] * 4,
        "x",
    ]


def test_memory_and_messages_of_the_machine_are_closed(look: Look) -> None:
    seen = look(
        """
        seen = [tried(libc.shmget, 0, 4096, 0o1600), tried(libc.msgget, 0, 0o1600),
                tried(libc.semget, 0, 1, 0o1600), tried(os.memfd_create, "x"),
                tried(libc.mq_open, b"/x", 0o102, 0o600, None),
                tried(libc.inotify_init1, 0), tried(open, "/dev/shm/x", "w"),
                tried(libc.syscall, 425, 1, None), tried(libc.syscall, 500),
                tried(__import__("mmap").mmap, -1, 4096), tried(open, "/dev/zero")]
        """
    )
    assert set(seen) <= {"EPERM", "PermissionError", "ENOSYS"}
