"""The filter of system calls: what it refuses, and what goes on."""

from __future__ import annotations

import pytest

from grader.execution.jail import refused_calls, seccomp
from tests.support.guarded import said

needs_seccomp = pytest.mark.skipif(
    refused_calls.WITH_NAMESPACES is None,
    reason="libseccomp is not installed",
)


@needs_seccomp
def test_refused_calls_are_refused_and_others_go_on() -> None:
    found = said(
        """
        assert error(libc.personality, 0xFFFFFFFF) == ""
        assert seccomp.install(refused_calls.WITH_NAMESPACES)
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
        seccomp.install(refused_calls.WITH_NAMESPACES)
        for family in range(48):
            try:
                socket.socket(family, socket.SOCK_DGRAM).close()
                print(family)
            except OSError as found:
                allowed = family in refused_calls.FAMILIES
                assert allowed or found.errno == errno.EAFNOSUPPORT
        """
    )
    assert set(map(int, found.split())) <= set(map(int, refused_calls.FAMILIES))


@needs_seccomp
def test_threads_forks_and_programs_still_start() -> None:
    found = said(
        """
        import subprocess, threading
        seccomp.install(refused_calls.WITH_NAMESPACES)
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
    assert seccomp.install(None) is False
    monkeypatch.setattr(seccomp, "LIBRARY", "libabsent.so.0")
    assert seccomp.compiled(refused_calls.with_namespaces()) is None
