"""tests/as_container gives a command what a container with default settings gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import cast

import pytest

from tests.support.container import CAPABILITIES
from tests.support.paths import ROOT, TESTS

AS_CONTAINER = TESTS / "as_container"
LOOK = """
import ctypes, errno, json, os
libc = ctypes.CDLL(None, use_errno=True)
def tried(call, *arguments):
    ctypes.set_errno(0)
    return call(*arguments) < 0 and errno.errorcode[ctypes.get_errno()]
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({
    "namespace": tried(libc.unshare, 0x10000000),
    "clone": tried(libc.syscall, 56 if os.uname().machine == "x86_64" else 220,
                   0x10000011, None, None, None, None),
    "clone3": tried(libc.syscall, 435, None, 0),
    "mount": tried(libc.mount, b"none", b"/tmp", b"tmpfs", 0, None),
    "setns": tried(libc.setns, 0, 0),
    "personality": tried(libc.personality, 0xFFFFFFFF),
    "personalities": [tried(libc.personality, n) for n in (8, 0x20000, 1, 0x8000000)],
    "traced": tried(libc.ptrace, 0, 0, None, None),
    "landlock": tried(libc.syscall, 444, None, ctypes.c_size_t(0), 1),
    "capabilities": {n: int(status[n], 16) for n in ("CapEff", "CapPrm", "CapBnd")},
    "no_new_privs": int(status["NoNewPrivs"]),
    "groups": os.access("/sys/fs/cgroup/pids", os.W_OK),
}))
"""
UNLIKE = {"landlock", "capabilities", "no_new_privs"}


def look(*options: str) -> dict[str, object]:
    command = [str(AS_CONTAINER), *options, sys.executable, "-c", LOOK]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_it_refuses_what_a_container_refuses() -> None:
    found = look()
    assert {name: found[name] for name in found.keys() - UNLIKE} == {
        **dict.fromkeys(("namespace", "clone", "mount", "setns"), "EPERM"),
        "clone3": "ENOSYS",
        "personality": False,
        "personalities": [False, False, "EPERM", "EPERM"],
        "traced": False,
        "groups": False,
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="other users have no capabilities")
def test_root_keeps_the_capabilities_of_a_container() -> None:
    wanted = sum(1 << number for number in CAPABILITIES)
    assert wanted == 0xA80425FB
    held = cast("dict[str, int]", look()["capabilities"])
    assert set(held.values()) == {wanted}


def test_landlock_is_absent_where_asked_for() -> None:
    assert look("--no-landlock")["landlock"] == "ENOSYS"


def test_new_privileges_are_forbidden_where_asked_for() -> None:
    if os.geteuid() == 0:
        assert look()["no_new_privs"] == 0
    assert look("--no-new-privs")["no_new_privs"] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root becomes another user")
def test_an_ordinary_user_has_no_capabilities() -> None:
    held = cast("dict[str, int]", look("--user")["capabilities"])
    assert (held["CapEff"], held["CapPrm"]) == (0, 0)


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user mounts nothing")
def test_root_becomes_an_ordinary_user_in_contained() -> None:
    script = [str(TESTS / "contained"), str(AS_CONTAINER), "--user", "id", "-u"]
    done = subprocess.run(script, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.stdout == "60999\n", done.stderr


def test_a_command_is_required() -> None:
    done = subprocess.run([AS_CONTAINER], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no command was given" in done.stderr
