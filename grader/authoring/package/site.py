"""Lay a package out as another system does, set it up, and run it for a submission.

Everything is in one folder of this machine. The scripts of a package read its path from
environment variables, so they write nothing outside of it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from grader.authoring.package.on_site import copy_files
from grader.authoring.package.package import Package
from grader.errors import UsageError

_SET_UP_SECONDS = 1800


class Step(NamedTuple):
    """A command of a package, as the other system would start it.

    Attributes
    ----------
    command : tuple of str
        The words of the command.
    folder : Path
        Where it is started.
    environment : mapping
        Variables that are added to the environment.
    results : Path
        The file that it must write.
    log : Path or None
        The log for instructors, to which it adds; None if it prints the log.
    """

    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    results: Path
    log: Path | None = None


@dataclass(frozen=True)
class Gradescope:
    """A folder with the same subfolders as ``/autograder`` on Gradescope.

    Attributes
    ----------
    base : Path
        The folder.
    """

    base: Path

    @property
    def package(self) -> Path:
        """The folder in which the archive is unpacked."""
        return self.base / "source"

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which scripts find their folder."""
        return {"AUTOGRADER_BASE": str(self.base)}

    def lay_out(self, package: Package) -> None:
        """Put every file where Gradescope puts it."""
        _unpack(package.archive, self.package)
        shutil.copy2(self.package / "run_autograder", self.base / "run_autograder")

    def submit(self, submission: Path, number: int) -> Step:
        """Put a submission in place; return the command that grades it."""
        place = self.base / "submission"
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(self.base / "results", ignore_errors=True)
        (self.base / "results").mkdir()
        _put(submission, place)
        # Gradescope lists the student's earlier submissions there; nothing reads them.
        metadata = f'{{"id": {number}, "previous_submissions": []}}\n'
        (self.base / "submission_metadata.json").write_text(metadata, "utf-8")
        command = (str(self.base / "run_autograder"),)
        results = self.base / "results" / "results.json"
        return Step(command, self.base, self.environment, results)


@dataclass(frozen=True)
class Classroom50:
    """A student's checkout, the bundle that is fetched, and the private part.

    Attributes
    ----------
    base : Path
        The folder for all three.
    """

    base: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def package(self) -> Path:
        """The folder in which the archive is unpacked."""
        return self.base / "private"

    def lay_out(self, package: Package) -> None:
        """Put every file where Classroom 50 and its runner have it."""
        _unpack(package.archive, self.package)
        (self.base / "bundle").mkdir()
        for file in package.public:
            shutil.copy2(file, self.base / "bundle" / file.name)

    def submit(self, submission: Path, number: int) -> Step:
        """Put a submission in place; return the command that grades it."""
        checkout = self.base / "checkout"
        shutil.rmtree(checkout, ignore_errors=True)
        _put(submission, checkout)
        output = self.base / "github_output"
        output.write_text("")
        commit = f"https://example.org/commit/{number}"
        environment = {
            "NBEXAMINER_RUN": str(self.package / "run"),
            "CLASSROOM50_BUNDLE_DIR": str(self.base / "bundle"),
            "CLASSROOM": "rehearsal",
            "ASSIGNMENT": "rehearsal",
            "SUBMISSION_TAG": f"submit/{number}",
            "COMMIT_URL": commit,
            "RELEASE_URL": commit,
            "REVIEW_URL": commit,
            "GITHUB_OUTPUT": str(output),
        }
        command = (sys.executable, str(self.base / "bundle" / "autograder.py"))
        log = self.package / "runs.log"
        log.unlink(missing_ok=True)
        return Step(command, checkout, environment, checkout / "result.json", log)


Site = Gradescope | Classroom50
SITES: Mapping[str, type[Gradescope] | type[Classroom50]] = {
    "gradescope": Gradescope,
    "classroom50": Classroom50,
}


def set_up(site: Site) -> str:
    """Run the set-up script of a package; return what it printed.

    Raises
    ------
    UsageError
        It failed, or took too long.
    """
    command = ["bash", str(site.package / "setup.sh")]
    try:
        done = run(command, site.base, site.environment, _SET_UP_SECONDS)
    except subprocess.TimeoutExpired:
        raise UsageError(
            f"{site.package / 'setup.sh'} was stopped after {_SET_UP_SECONDS:g} s; try "
            "again, with a faster network"
        ) from None
    if done.returncode != 0:
        raise UsageError(
            f"{site.package / 'setup.sh'} ended with status {done.returncode}:\n"
            f"{done.stdout[-3000:]}"
        )
    return done.stdout


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    seconds: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command of a package, and keep everything that it prints.

    Parameters
    ----------
    command, folder
        The command, and the folder in which it is run.
    environment
        Variables to add to those of this process. Of these, the ones that would change
        how another Python behaves are left out.
    seconds
        The number of seconds after which it is stopped; never if None.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name != "VIRTUAL_ENV" and not name.startswith("PYTHON")
    }
    programs = Path(sys.executable).parent
    kept["PATH"] = f"{kept.get('PATH', os.defpath)}{os.pathsep}{programs}"
    return subprocess.run(
        command,
        cwd=folder,
        env=kept | dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="backslashreplace",
        check=False,
        timeout=seconds,
    )


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack a package that was made here; its scripts stay executable."""
    with zipfile.ZipFile(archive) as package:
        package.extractall(folder)
        for entry in package.infolist():
            (folder / entry.filename).chmod(entry.external_attr >> 16)


def _put(submission: Path, place: Path) -> None:
    """Copy the files of a submission, a file or a folder, into a new folder."""
    place.mkdir()
    if submission.is_dir():
        copy_files(submission, place)
    else:
        shutil.copyfile(submission, place / submission.name)


__all__ = ["SITES", "Classroom50", "Gradescope", "Site", "Step", "run", "set_up"]
