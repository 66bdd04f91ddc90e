"""From limits and paths to bubblewrap's options, as lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.execution.jail.bwrap import SYSTEM, ancestors, bwrap_options, outermost
from grader.execution.layout import WORK
from grader.execution.limits import MIB, Limits

SHOWN = [Path("/opt/py/lib"), Path("/usr")]
LINKS = {"/bin": "usr/bin"}


def paths(*given: str) -> list[Path]:
    return [Path(each) for each in given]


def options(**changed: object) -> list[str]:
    return bwrap_options(SHOWN, LINKS, Limits(disk_mb=3), **changed)  # type: ignore[arg-type]


def runs(found: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(found[i : i + length]) for i in range(len(found)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], []),
        (["/a", "/a"], ["/a"]),
        (["/a/b", "/a"], ["/a"]),
        (["/a/b/c", "/ab", "/a/b"], ["/a/b", "/ab"]),
        (["/a-b", "/a/b", "/a"], ["/a", "/a-b"]),
    ],
)
def test_folders_inside_others_are_left_out(given: list[str], kept: list[str]) -> None:
    assert outermost(paths(*given)) == paths(*kept)


def test_folders_above_are_listed_once_and_outermost_first() -> None:
    found = ancestors(paths("/a/b/c", "/a/b/d", "/e"))
    assert found == paths("/a", "/a/b")


@pytest.mark.parametrize(
    "option",
    [
        *("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"),
        *("--die-with-parent", "--new-session", "--clearenv"),
    ],
)
@pytest.mark.parametrize("userns", [None, 9])
def test_nothing_is_shared_with_the_outside(option: str, userns: int | None) -> None:
    assert option in options(userns=userns)


def test_capabilities_are_dropped() -> None:
    assert ("--cap-drop", "ALL") in runs(options(), 2)


def test_nothing_is_bound_that_can_be_written() -> None:
    found = options()
    assert not {"--bind", "--dev-bind", "--bind-try"} & set(found)
    assert ("--ro-bind", "/opt/py/lib", "/opt/py/lib") in runs(found, 3)
    assert ("--symlink", "usr/bin", "/bin") in runs(found, 3)


def test_the_root_is_made_read_only_after_everything_is_in_place() -> None:
    found = options()
    last = max(i for i, option in enumerate(found) if option in ("--tmpfs", "--dir"))
    assert last < max(i for i, pair in enumerate(runs(found, 2)) if pair[1:] == ("/",))


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm", WORK])
def test_what_can_be_written_lies_in_memory_and_is_bounded(place: str) -> None:
    wanted = ("--size", str(3 * MIB), "--perms", "1777", "--tmpfs", place)
    assert wanted in runs(options(), 6)


def test_a_namespace_that_is_given_is_used() -> None:
    found = options(userns=9)
    assert ("--userns", "9") in runs(found, 2)
    assert "--unshare-user" not in found


def test_without_one_bubblewrap_makes_one_and_locks_the_door() -> None:
    found = options()
    assert {"--unshare-user", "--disable-userns"} <= set(found)
    assert ("--uid", "1000") in runs(found, 2)


@pytest.mark.parametrize("secret", ["/etc", "/root", "/home", "/var", "/run", "/"])
def test_the_system_is_shown_without_its_secrets(secret: str) -> None:
    assert secret not in SYSTEM
