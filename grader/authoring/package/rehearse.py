"""Run a package here, for some submissions, as the other system would run it.

The package is set up once, with the network. Then each submission is graded without a
network, if this machine can turn it off.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.authoring.package.package import Package
from grader.authoring.package.site import SITES, Step, run, set_up
from grader.errors import UsageError
from grader.reports.platforms.table import results_file

OFFLINE = ("unshare", "--net")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The results that a package wrote about one submission.

    Attributes
    ----------
    submission : str
        The file or folder.
    results : dict
        The content of the results file; empty if there is none.
    faults : tuple of str
        The reasons why it failed: no file, or one that the system would refuse.
    printed : str
        The log for instructors.
    offline : bool
        Whether it ran without a network.
    seconds : float
        How long it took.
    """

    submission: str
    results: dict[str, Any]
    faults: tuple[str, ...]
    printed: str
    offline: bool
    seconds: float

    @property
    def score(self) -> float | None:
        """The points in the results file; None if there is none."""
        score = self.results.get("score")
        return score if isinstance(score, int | float) else None


def rehearse(
    package: Package, submissions: Sequence[Path], launcher: str = ""
) -> Iterator[Rehearsal]:
    """Set a package up, and yield the results that it writes for each submission.

    Parameters
    ----------
    package
        A package that was made here.
    submissions
        Files or folders, each what one student submits.
    launcher
        A command under which the package runs, such as one that makes a container;
        empty for none.

    Raises
    ------
    UsageError
        A submission or the launcher does not exist, or the package cannot be set up
        here.
    """
    prefix = launcher_words(launcher)
    for submission in submissions:
        if not submission.exists():
            raise UsageError(
                f"{submission}: there is no such file or folder to rehearse"
            )
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
    # Jails run as other users, who must be able to read the environment in this folder.
    folder.chmod(0o755)
    try:
        site = SITES[package.target.name](folder)
        site.lay_out(package)
        set_up(site)
        for number, submission in enumerate(submissions, start=1):
            step = site.submit(submission, number)
            yield rehearse_one(package, str(submission), step, prefix)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def launcher_words(launcher: str) -> tuple[str, ...]:
    """Return the words of a launcher, with the absolute path of its program.

    The path must be absolute, because the launcher is started in another folder.

    Raises
    ------
    UsageError
        The command cannot be read, or there is no such program.
    """
    try:
        words = shlex.split(launcher)
    except ValueError as error:
        raise UsageError(f"--under {launcher}: {error}; close every quote") from None
    if not words:
        return ()
    program = shutil.which(words[0])
    if program is None:
        raise UsageError(
            f"--under {launcher}: there is no program {words[0]} that can be run; "
            "correct its name or path"
        )
    return (str(Path(program).absolute()), *words[1:])


def rehearse_one(
    package: Package, submission: str, step: Step, launcher: Sequence[str] = ()
) -> Rehearsal:
    """Run a package that was set up, for a submission that was put in place.

    Parameters
    ----------
    package
        The package.
    submission
        The name of the submission.
    step
        The command that grades it.
    launcher
        The words of a command under which it runs; empty for none.
    """
    prefix = (*_offline(), *launcher)
    start = time.monotonic()
    done = run([*prefix, *step.command], step.folder, step.environment)
    seconds = round(time.monotonic() - start, 1)
    faults: list[str] = []
    results: dict[str, Any] = {}
    if done.returncode != 0:
        faults.append(f"{step.command[-1]} ended with status {done.returncode}")
    try:
        content = json.loads(step.results.read_text("utf-8"))
    except (OSError, ValueError) as error:
        faults.append(f"no results file: {error}")
    else:
        faults += results_file(package.target.name).faults(content)
        results = content if isinstance(content, dict) else {}
    if _grader_failed(results, step):
        faults.append("the grader failed; what it printed says why")
    log = (
        step.log.read_text("utf-8", "replace") if step.log and step.log.exists() else ""
    )
    return Rehearsal(
        submission,
        results,
        tuple(faults),
        done.stdout + log,
        prefix[: len(OFFLINE)] == OFFLINE,
        seconds,
    )


def _grader_failed(results: dict[str, Any], step: Step) -> bool:
    output = step.environment.get("GITHUB_OUTPUT")
    said = "status=error" in Path(output).read_text("utf-8") if output else False
    return said or bool(results.get("extra_data", {}).get("grader_failed"))


@lru_cache(maxsize=1)
def _offline() -> tuple[str, ...]:
    """Return a command that cuts off the network; empty if there is none here."""
    try:
        done = subprocess.run([*OFFLINE, "true"], capture_output=True, check=False)
    except OSError:
        return ()
    return OFFLINE if done.returncode == 0 else ()


__all__ = ["Rehearsal", "launcher_words", "rehearse", "rehearse_one"]
