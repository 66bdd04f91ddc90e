"""How a jail begins and ends, and that it does not begin if it is not tight."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import JailError, SandboxError
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.forks import process_id
from grader.execution.jail import host
from grader.execution.jail import jail as jail_module
from grader.execution.jail.bwrap import bwrap_options
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.execution.wiring import start_fork_server
from tests.support.paths import ROOT

# Three daemons that no signal ends but one, each seen to run.
STUBBORN = """
    import os, signal, time
    for _ in range(3):
        read, write = os.pipe()
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in {*range(1, 32)} - {signal.SIGKILL, signal.SIGSTOP}:
                    signal.signal(number, signal.SIG_IGN)
                os.write(write, b'up')
                time.sleep(600)
            os._exit(0)
        os.read(read, 2)
    time.sleep(0.1)
"""
FILES = [__file__, str(Path(__file__).with_name("test_jail.py"))]


def test_killing_the_jail_ends_whatever_was_left_in_it(
    jailer: Jailer, nothing_left: None, processes: Callable[[], set[str]]
) -> None:
    before = processes()
    with Kernel(jailer) as kernel:
        ran = kernel.run(textwrap.dedent(STUBBORN), 20)
        assert ran.ended == "ok", ran
        assert len([p for p in processes() - before if "python" in p]) == 4
        kernel.close()
        assert processes() == before


def test_ctrl_c_at_the_terminal_reaches_no_jail(kernel: Kernel) -> None:
    builder = kernel._jail._builder
    assert builder is not None
    for pid in (builder.pid, process_id(kernel._jail.pidfd)):
        assert os.getsid(pid) != os.getsid(0)
        assert os.getpgid(pid) != os.getpgid(0)


def test_the_grader_has_a_jail_end_when_it_is_killed_itself(
    fork_server: ForkServer,
) -> None:
    code = """
        import os, sys, time
        from pathlib import Path
        from grader.execution.jail.jail import Jailer
        from grader.execution.limits import Limits
        from grader.execution.kernel.client import Kernel
        from grader.execution.fork_server.forks import process_id
        from grader.execution.wiring import start_fork_server
        fork_server = start_fork_server(['numpy'])
        kernel = Kernel(Jailer(fork_server, ['numpy'], Limits()))
        print(fork_server.folder, process_id(kernel._jail.pidfd), flush=True)
        time.sleep(600)
    """
    grader = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True
    )
    with grader:
        assert grader.stdout
        folder, pid = grader.stdout.readline().split()
        assert Path(folder).is_dir()
        grader.kill()
    gone = [Path(folder), Path(f"/proc/{pid}")]
    end = time.monotonic() + 20
    while any(path.exists() for path in gone) and time.monotonic() < end:
        time.sleep(0.02)
    assert not [path for path in gone if path.exists()]


def test_an_interrupted_start_leaves_nothing(
    jailer: Jailer, nothing_left: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jail_module.Jail, "_await_inside", interrupt)
    with pytest.raises(KeyboardInterrupt):
        jailer.open()


@pytest.mark.parametrize(
    ("without", "extra"),
    [
        ("--unshare-net", []),
        ("--unshare-ipc", []),
        ("--unshare-pid", []),
        (None, ["--ro-bind", "/var", "/var"]),
        (None, ["--ro-bind", "/etc", "/etc"]),
        (None, ["--bind", "/usr", "/srv"]),
        (None, ["--chmod", "0777", "/", "--tmpfs", "/x"]),
    ],
)
def test_a_jail_that_is_not_tight_does_not_come_up(
    jailer: Jailer,
    nothing_left: None,
    monkeypatch: pytest.MonkeyPatch,
    without: str | None,
    extra: list[str],
) -> None:
    def weakened(*arguments: Any) -> list[str]:
        found = [o for o in bwrap_options(*arguments) if o != without]
        at = found.index("--remount-ro")
        return [*found[:at], *extra, *found[at:]]

    monkeypatch.setattr(jail_module, "bwrap_options", weakened)
    with pytest.raises(JailError, match="no kernel started in the jail"):
        jailer.open()


def test_a_bubblewrap_that_fails_is_quoted(
    fork_server: ForkServer, nothing_left: None, tmp_path: Path
) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho no loops today >&2\nexit 1\n")
    fake.chmod(0o755)
    opened = Jailer(fork_server, [], Limits())
    opened._bwrap = str(fake)
    with pytest.raises(JailError, match="no loops today"):
        opened.open()
    opened.close()


def test_without_bubblewrap_nothing_runs_and_the_remedy_is_named(
    fork_server: ForkServer,
    nothing_left: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    manager = tmp_path / "apt-get"
    manager.write_text("")
    manager.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="apt-get install -y bubblewrap"):
        Jailer(fork_server, [], Limits())


@pytest.mark.parametrize(
    ("manager", "command"), [*host.INSTALL, ("unknown", "https://")]
)
def test_the_command_that_installs_it_is_this_machines(
    manager: str, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tool = tmp_path / manager
    tool.write_text("")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command in host.install_command()


def test_a_machine_that_forbids_namespaces_is_told_how_to_allow_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho Operation not permitted >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(SandboxError, match=r"not permitted.*sysctl"):
        host.probe()


def test_a_fork_server_that_is_gone_is_a_jail_error() -> None:
    source = start_fork_server([])
    opened = Jailer(source, [], Limits())
    source.close()
    with pytest.raises(JailError):
        opened.open()
    opened.close()


@pytest.mark.timeout(300)
@pytest.mark.skipif(os.geteuid() != 0, reason="these tests have been run so just now")
@pytest.mark.nightly
def test_all_of_this_holds_for_an_ordinary_user_too() -> None:
    user = ["unshare", "--user", "--map-user=1234", "--map-group=1234"]
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *FILES]
    ran = subprocess.run(
        [*user, *tests], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    assert "1 skipped" in ran.stdout
