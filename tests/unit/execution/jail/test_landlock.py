"""Landlock's rules: files are written in the scratch folders only."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.execution.jail import landlock
from tests.support.guarded import said


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
