"""Jails without namespaces refuse system calls, also where Landlock is older."""

from __future__ import annotations

import errno

import pytest

from grader.execution.jail import refused_calls, seccomp
from grader.execution.jail.refused_calls import without_namespaces
from tests.support.guarded import said

pytestmark = pytest.mark.skipif(
    refused_calls.WITH_NAMESPACES is None, reason="libseccomp is not installed"
)
TRY = """
import subprocess, tempfile
rules = refused_calls.without_namespaces({own}, {landlock}, os.getpid())
program = seccomp.compiled(rules)
child = subprocess.Popen(["sleep", "30"], stdout=-3, stderr=-3)
file = tempfile.NamedTemporaryFile()
assert seccomp.install(program)
def tried(call, *arguments):
    try:
        call(*arguments)
    except OSError as found:
        return errno.errorcode[found.errno]
    return "done"
print(tried(os.kill, os.getpid(), 0), tried(os.kill, child.pid, 9))
print(tried(os.kill, -1, 0))
print(tried(os.truncate, file.name, 0), tried(os.chmod, file.name, 0o777),
      oct(os.stat(file.name).st_mode)[-3:])
"""


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("landlock", range(1, 8))
def test_every_filter_can_be_written(own: bool, landlock: int) -> None:
    assert seccomp.compiled(without_namespaces(own, landlock, 1234))


@pytest.mark.parametrize(
    ("own", "landlock", "expected"),
    [
        (False, 1, "done EPERM EPERM EPERM done 600"),
        (False, 3, "done EPERM EPERM done done 600"),
        (False, 5, "done EPERM EPERM done done 600"),
        (False, 6, "done done EPERM done done 600"),
        (True, 1, "done done EPERM EPERM done 777"),
        (True, 7, "done done EPERM done done 777"),
    ],
)
def test_the_filter_refuses_what_an_older_landlock_cannot(
    own: bool, landlock: int, expected: str
) -> None:
    found = said(TRY.format(own=own, landlock=landlock))
    assert found.split() == expected.split()


def test_calls_that_are_newer_than_the_list_are_unknown() -> None:
    newer = [r for r in without_namespaces(True, 7, 1) if r.error == errno.ENOSYS]
    assert set(seccomp.UNKNOWN) <= {refusal.call for refusal in newer}
