"""Whether worker processes can be started is found out without starting any."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = "from grader.execution import semaphores; print(semaphores.obstacle())"


def test_no_process_imports_from_the_present_folder(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    for name in ("pickle", "random", "signal", "socket"):
        (tmp_path / f"{name}.py").write_text(f"open({str(mark)!r}, 'w')")
    # As `grader` is started: without the current folder on the path.
    done = subprocess.run(
        [sys.executable, "-P", "-c", CODE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "None\n"
    assert not mark.exists()
