"""The jail, looked at from inside: what is not there, and what cannot be done."""

from __future__ import annotations

import json
import os
import socket
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.environment import THREADS
from grader.execution.jail import enter, host
from grader.execution.jail.bwrap import SYSTEM
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.layout import SCRATCH, WORK
from tests.support.paths import ROOT

Look = Callable[[str], Any]

TRIED = """
def tried(action, *arguments):
    try:
        action(*arguments)
    except BaseException as error:
        return type(error).__name__
    return "done"
"""


def look_with(kernel: Kernel) -> Look:
    """Return a way to run code in the jail and get what it leaves in ``seen``."""

    def look(source: str) -> Any:
        code = (
            TRIED + textwrap.dedent(source) + "\nimport json; print(json.dumps(seen))"
        )
        ran = kernel.run(code, 20)
        assert ran.ended == "ok", ran
        return json.loads(ran.outputs[-1]["text"])

    return look


@pytest.fixture(scope="module")
def look(jailer: Jailer) -> Iterator[Look]:
    with Kernel(jailer) as opened:
        yield look_with(opened)


# --- what is there ----------------------------------------------------------------


def test_the_self_check_reports_an_open_world() -> None:
    found = enter.breaches(enter.namespaces(), enter.identities(["/etc"]))
    for name in enter.NAMESPACES:
        assert f"the {name} namespace is shared with the outside" in found
    assert "no_new_privs is not set" in found
    assert "the outside's /etc is visible" in found
    assert "the user is not the jail's" in found


def test_all_namespaces_are_its_own(look: Look) -> None:
    inner = look(
        "import os; seen = {n: os.readlink(f'/proc/self/ns/{n}') for n in "
        f"{list(enter.NAMESPACES)}}}"
    )
    outer = enter.namespaces()
    assert not set(inner.values()) & set(outer.values())


def test_the_root_holds_the_system_and_the_interpreter_only(look: Look) -> None:
    found = set(look("import os; seen = os.listdir('/')"))
    shown = {str(p).split("/")[1] for p in [*host.visible([]), *map(Path, SYSTEM)]}
    assert found <= shown | {"proc", "dev", "tmp", "home"}


def test_homes_and_sources_are_absent(look: Look, tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_text("scores")
    absent = [ROOT / "tests", ROOT / "solutions", ROOT / "pyproject.toml", tmp_path]
    absent += [Path("/etc/shadow"), Path("/etc/passwd"), Path("/root/.bashrc")]
    absent += [
        Path("/var"),
        Path("/run"),
        Path("/sys"),
        Path("/proc/1/root/etc/passwd"),
    ]
    names = list(map(str, absent))
    source = f"import os; seen = [p for p in {names} if os.path.exists(p)]"
    assert look(source) == []
    assert look("import os; seen = os.listdir('/home')") == ["student"]


def test_folders_above_what_is_shown_hold_nothing_else(look: Look) -> None:
    shown = [*map(str, host.visible(["numpy"])), *host.system_links()]
    above = {str(parent) for path in shown for parent in Path(path).parents} - {"/"}
    for folder in above:
        wanted = {
            p[len(folder) + 1 :].split("/")[0]
            for p in shown
            if p.startswith(folder + "/")
        }
        assert set(look(f"import os; seen = os.listdir({folder!r})")) <= wanted


def test_the_work_folder_is_empty_and_home(look: Look) -> None:
    found = look(
        "import os; seen = [os.getcwd(), os.path.expanduser('~'), os.listdir()]"
    )
    assert found[:2] == [WORK, WORK]
    assert set(found[2]) <= {".ipython", ".cache", ".config"}


def test_the_environment_tells_nothing(look: Look) -> None:
    seen = look(
        "import os; seen = [dict(os.environ), open('/proc/self/environ').read()]"
    )
    assert seen[1].strip("\0") == ""
    assert seen[0]["HOME"] == WORK
    assert not [n for n in seen[0] if n.startswith(("GRADER", "PYTEST", "CI", "SSH"))]


def test_libraries_start_as_many_threads_as_the_workers_leave(look: Look) -> None:
    seen = look("import os; seen = dict(os.environ)")
    assert {seen[name] for name in THREADS} == {"1"}


def test_the_command_line_is_an_ordinary_kernels(look: Look) -> None:
    seen = look(
        """
        import sys
        seen = [open('/proc/self/cmdline').read(), sys.argv, sys.orig_argv]
        """
    )
    assert seen[0].rstrip("\0").split("\0") == ["python3", "-m", "ipykernel_launcher"]
    assert "grader" not in str(seen)


def test_only_the_jails_processes_are_seen(look: Look) -> None:
    seen = look(
        """
        import glob
        seen = [open(p).read() for p in glob.glob('/proc/[0-9]*/cmdline')]
        """
    )
    assert len(seen) <= 3
    for word in ("grader", "--ro-bind", "--userns", str(ROOT)):
        assert word not in str(seen)


def test_the_user_is_nobody_outside_and_has_no_power(look: Look) -> None:
    seen = look(
        """
        import os
        status = dict(l.split(':', 1) for l in open('/proc/self/status'))
        seen = {k: v.strip() for k, v in status.items()} | {
            'ids': [os.getresuid(), os.getresgid()]}
        """
    )
    assert seen["ids"] == [[1000] * 3] * 2
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(seen[name], 16) == 0
    assert seen["NoNewPrivs"] == "1"


def test_nothing_in_the_jail_has_power(look: Look) -> None:
    seen = look(
        """
        import glob
        seen = [open(p).read() for p in glob.glob('/proc/[0-9]*/status')]
        """
    )
    assert len(seen) >= 2
    for status in seen:
        assert "CapEff:\t0000000000000000" in status
        assert "CapBnd:\t0000000000000000" in status


def test_open_descriptors_lead_nowhere(look: Look) -> None:
    seen = look(
        """
        import os
        links = []
        for fd in os.listdir('/proc/self/fd'):
            try: links.append(os.readlink(f'/proc/self/fd/{fd}'))
            except OSError: pass
        seen = [l for l in links if l.startswith('/')]
        """
    )
    assert {link for link in seen if not link.startswith("/proc/")} <= {
        "/dev/null",
        "/dev/urandom",
    }


def test_no_socket_of_the_fork_server_was_kept(
    look: Look, fork_server: ForkServer
) -> None:
    seen = look(
        """
        import os, socket
        seen = []
        for fd in os.listdir('/proc/self/fd'):
            try:
                with socket.socket(fileno=os.dup(int(fd))) as s:
                    seen.append(repr([s.getsockname(), s.getpeername()]))
            except OSError:
                pass
        """
    )
    assert seen
    assert str(fork_server.address) not in str(seen)


# --- what cannot be done ------------------------------------------------------------


def test_nothing_can_be_written_but_the_scratch_folders(look: Look) -> None:
    seen = look(
        """
        import os
        seen = []
        for top, folders, files in os.walk('/'):
            folders[:] = [f for f in folders if top != '/' or f not in ('proc', 'sys')]
            if len(top.split('/')) > 4:
                folders.clear()
            if os.access(top, os.W_OK):
                seen.append(top)
        """
    )
    own = (*SCRATCH, "/dev/pts")
    assert [p for p in seen if not p.startswith(own)] == []
    assert set(SCRATCH) <= set(seen)


@pytest.mark.parametrize(
    "place", ["/usr/x", "/x", "/home/x", "/dev/x", "/etc/x", "/proc/x"]
)
def test_a_file_cannot_be_planted(look: Look, place: str) -> None:
    assert look(f"seen = tried(open, {place!r}, 'w')") != "done"


def test_the_interpreter_cannot_be_patched(look: Look) -> None:
    seen = look(
        "import os, numpy; seen = [tried(open, numpy.__file__, 'a'),"
        "tried(os.unlink, numpy.__file__), tried(os.chmod, numpy.__file__, 0o777)]"
    )
    assert "done" not in seen


def test_there_is_no_network(look: Look) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        abstract.bind(b"\0grader-test-%d" % os.getpid())
        abstract.listen()
        port = server.getsockname()[1]
        seen = look(
            f"""
            import socket
            def connect(kind, address):
                with socket.socket(kind) as s:
                    s.settimeout(2)
                    s.connect(address)
            names = [n for _, n in socket.if_nameindex()]
            seen = [
                names,
                tried(connect, socket.AF_INET, ('127.0.0.1', {port})),
                tried(connect, socket.AF_INET, ('192.0.2.1', 80)),
                tried(connect, socket.AF_UNIX, b'\\0grader-test-{os.getpid()}'),
                tried(socket.getaddrinfo, 'example.org', 80),
            ]
            """
        )
    assert set(seen[0]) <= {"lo"}
    assert "done" not in seen


def test_the_fork_server_cannot_be_reached(look: Look, fork_server: ForkServer) -> None:
    source = f"import os; seen = os.path.exists({str(fork_server.address)!r})"
    assert look(source) is False


def test_namespaces_cannot_be_nested_or_left(look: Look) -> None:
    seen = look(
        """
        import ctypes, os
        libc = ctypes.CDLL(None)
        net = os.open('/proc/self/ns/net', os.O_RDONLY)
        calls = {
            'user': (libc.unshare, 0x10000000), 'mnt': (libc.unshare, 0x20000),
            'pid': (libc.unshare, 0x20000000), 'net': (libc.unshare, 0x40000000),
            'user and mnt': (libc.unshare, 0x10020000), 'setns': (libc.setns, net, 0),
            'mount': (libc.mount, b'none', b'/tmp', b'tmpfs', 0, None),
            'remount': (libc.mount, b'none', b'/', None, 0x1020, None),
            'umount': (libc.umount2, b'/proc', 2), 'chroot': (libc.chroot, b'/tmp'),
            'setuid': (libc.setuid, 0), 'setgroups': (libc.setgroups, 0, None),
            'sethostname': (libc.sethostname, b'x', 1),
        }
        # In a child: a process with threads may not change some of these anyway.
        def works(call, *arguments):
            child = os.fork()
            if child == 0:
                os._exit(0 if call(*arguments) == 0 else 1)
            return os.waitpid(child, 0)[1] == 0
        seen = [name for name, call in calls.items() if works(*call)]
        """
    )
    assert seen == []


def test_setuid_programs_and_devices_are_without_effect(look: Look) -> None:
    seen = look(
        """
        import os
        places = ['/', '/usr', '/tmp', '/dev/shm', '/home/student']
        seen = [p for p in places if not os.statvfs(p).f_flag & os.ST_NOSUID]
        seen += [tried(os.mknod, '/tmp/sda', 0o060666, os.makedev(8, 0))]
        """
    )
    assert seen == ["PermissionError"]


def test_limits_cannot_be_raised(look: Look) -> None:
    seen = look(
        """
        import resource as r
        kinds = [r.RLIMIT_DATA, r.RLIMIT_NPROC, r.RLIMIT_NOFILE, r.RLIMIT_FSIZE]
        seen = [tried(r.setrlimit, k, (r.RLIM_INFINITY,) * 2) for k in kinds]
        """
    )
    assert "done" not in seen


def test_jails_share_nothing(jailer: Jailer, nothing_left: None) -> None:
    mark = "mark-of-one-jail"
    with Kernel(jailer) as one, Kernel(jailer) as other:
        look_with(one)(
            f"""
            import subprocess
            for folder in ('/tmp', '/dev/shm', '/home/student'):
                open(f'{{folder}}/{mark}', 'w').close()
            sleeper = subprocess.Popen(['sleep', '60'])
            seen = 1
            """
        )
        seen = look_with(other)(
            """
            import glob
            seen = glob.glob('/tmp/*') + glob.glob('/dev/shm/*') + glob.glob('*')
            seen += [open(p).read() for p in glob.glob('/proc/[0-9]*/cmdline')]
            """
        )
    assert mark not in str(seen)
    assert "sleep" not in str(seen)
