"""Control groups: where they are made, what they bound, and that none is left."""

from __future__ import annotations

import os
from pathlib import Path

from grader.execution.jail import cgroup
from grader.execution.jail.cgroup import CgroupParent, bounds, find_parents
from grader.execution.limits import MIB, Limits


def test_groups_are_made_where_they_are_handed_on(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("0::/user/app/run.scope\n")
    app = tmp_path / "user" / "app"
    (app / "run.scope").mkdir(parents=True)
    for folder, handed_on in ((app, "cpu memory pids\n"), (app / "run.scope", "")):
        (folder / "cgroup.subtree_control").write_text(handed_on)
        (folder / "cgroup.procs").touch()
    assert find_parents(tmp_path, own) == (
        CgroupParent(app, ("memory", "pids"), unified=True),
    )
    (app / "cgroup.subtree_control").write_text("cpu\n")
    assert find_parents(tmp_path, own) == ()


def test_the_older_trees_are_one_for_each_controller(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("9:name=systemd:/\n8:pids:/\n4:memory:/a/b\n1:cpu:/\n0::/\n")
    assert find_parents(tmp_path, own) == ()
    for folder in ("pids", "memory/a/b", "cpu"):
        (tmp_path / folder).mkdir(parents=True)
    assert set(find_parents(tmp_path, own)) == {
        CgroupParent(tmp_path / "pids", ("pids",), unified=False),
        CgroupParent(tmp_path / "memory/a/b", ("memory",), unified=False),
    }


def test_a_jail_as_a_whole_may_hold_its_memory_and_its_files(tmp_path: Path) -> None:
    limits = Limits(memory_mb=100, disk_mb=10, processes=7)
    files = bounds(CgroupParent(tmp_path, ("memory", "pids"), True), limits, 50 * MIB)
    assert files["pids.max"] == "7"
    assert int(files["memory.max"]) == cgroup.EXTRA_BYTES + (50 + 100 + 3 * 10) * MIB
    older = bounds(CgroupParent(tmp_path, ("memory",), False), limits, 0)
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
    cgroup.remove_stale((CgroupParent(tmp_path, ("pids",), unified=False),))
    assert set(tmp_path.iterdir()) == {new, other, used}


def test_a_group_that_cannot_be_made_is_left_out(tmp_path: Path) -> None:
    gone = CgroupParent(tmp_path / "gone", ("pids",), unified=False)
    group = cgroup.JailCgroup((gone,))
    group.add(os.getpid(), Limits())
    assert group.controllers == group.ran_out_of() == frozenset()
    group.remove()
