"""Grade a submission of @ASSIGNMENT@ in Classroom 50.

The runner starts this in the student's checkout. It sends the student's files to the
grader, which belongs to another user of this machine, and writes ``result.json``. No
test lies beside it: students can read this file.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import shlex
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

PACKAGE = Path("/srv/nbexaminer/@ASSIGNMENT@")
RUN = f"sudo --non-interactive --user nbexaminer {PACKAGE}/run"
# The runner writes these, not the student.
NOT_SUBMITTED = {"result.json", "release-body.md"}
MOST_BYTES = 1 << 30
NOT_STARTED = (
    "The grader could not be started on this machine, and you are not to blame. Tell "
    "your instructor; the log of this run says why."
)
READABLE = (
    "The tests on this machine can be read by the user who runs your workflows, so "
    "nothing was graded. Tell your instructor; you are not to blame."
)


def main() -> None:
    """Grade the checkout; always write a result."""
    rehearsal = "NBEXAMINER_RUN" in os.environ
    if not rehearsal and can_read_the_tests():
        print(
            f"grader: the tests in {PACKAGE} can be read by this user, and so by every "
            "workflow of a student; see the page on Classroom 50 in the documentation",
            file=sys.stderr,
        )
        graded = without_grade(READABLE)
    else:
        graded = grade(shlex.split(os.environ.get("NBEXAMINER_RUN", RUN)))
    write(graded)


def can_read_the_tests() -> bool:
    """Return whether this user can read a notebook with tests."""
    notebooks = (PACKAGE / "course").rglob("*.ipynb")
    return any(os.access(path, os.R_OK) for path in notebooks)


def grade(command: list[str]) -> dict[str, Any]:
    """Send the files in the present folder to the grader; return its result."""
    try:
        done = subprocess.run(
            command, input=packed(Path()), stdout=subprocess.PIPE, check=True
        )
        graded = json.loads(done.stdout)
        graded["tests"][0]["test-name"]
    except (OSError, subprocess.SubprocessError, ValueError, LookupError) as error:
        print(f"grader: {shlex.join(command)}: {error}", file=sys.stderr)
        return without_grade(NOT_STARTED)
    return dict(graded)


def packed(folder: Path) -> bytes:
    """Return an archive of the regular files in a folder; links are left out."""
    target, left = io.BytesIO(), MOST_BYTES
    with tarfile.open(fileobj=target, mode="w") as archive:
        for path in sorted(folder.rglob("*")):
            about = path.lstat()
            hidden = any(part.startswith(".") for part in path.parts)
            if hidden or not stat.S_ISREG(about.st_mode) or str(path) in NOT_SUBMITTED:
                continue
            left -= about.st_size
            if left < 0:
                print(f"grader: {path}: left out, too large", file=sys.stderr)
                break
            entry = tarfile.TarInfo(path.as_posix())
            entry.size, entry.mtime = about.st_size, int(about.st_mtime)
            with path.open("rb") as file:
                archive.addfile(entry, file)
    return target.getvalue()


def without_grade(text: str) -> dict[str, Any]:
    """Return a result without points, with the reason for the student."""
    test = {"test-name": text, "passed": False, "score": 0, "max-score": 0}
    return {
        "schema": "classroom50/result/v1",
        "score": 0,
        "max-score": 0,
        "tests": [test],
        "grader_failed": True,
    }


def write(graded: dict[str, Any]) -> None:
    """Write ``result.json`` and the release page."""
    given = os.environ.get
    commit = given("COMMIT_URL") or given("GITHUB_SHA") or "unknown"
    now = datetime.datetime.now(datetime.timezone.utc)  # noqa: UP017 - Python 3.9
    body, failed = graded.pop("release_body", ""), graded.pop("grader_failed", False)
    identity = {
        "classroom": given("CLASSROOM", ""),
        "assignment": given("ASSIGNMENT", ""),
        "submission": given("SUBMISSION_TAG", ""),
        "commit": commit,
        "release": given("RELEASE_URL") or commit,
        "review": given("REVIEW_URL") or commit,
        "datetime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    Path("result.json").write_text(json.dumps({**identity, **graded}, indent=2) + "\n")
    if body:
        Path("release-body.md").write_text(body, encoding="utf-8")
    if failed and given("GITHUB_OUTPUT"):
        with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
            file.write("status=error\nsummary=the grader failed; see the log\n")


if __name__ == "__main__":
    main()
