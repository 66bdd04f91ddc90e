"""Make the package of an assignment: an archive that another system runs.

The archive holds the assignment's source with its hidden tests, so only instructors may
read it. Packages from registries are installed when the other system sets it up.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.authoring.package import on_site
from grader.authoring.package.course_copy import copy_course
from grader.authoring.package.needs import Needs, needs
from grader.authoring.package.targets import SCRIPTS, Target
from grader.authoring.package.wheels import make_wheel
from grader.batch.run import GradingSettings
from grader.course.course import Course
from grader.errors import CourseError, UsageError
from grader.execution.limits import Sandbox
from grader.files import plain_name, replace_bytes, replace_file
from grader.records import Assignment, points_text
from grader.reports.platforms.sheet import points_by_test
from grader.reports.platforms.table import results_file

_UNFINISHED = (
    "Grading did not end: it took longer than the {minutes:g} minutes that are "
    "allowed, or it was stopped. Run your notebook from top to bottom, and look for a "
    "cell that takes long or never ends. Then submit it again. If you read "
    "this again, tell your instructor."
)
#: How many of the seconds that the system allows are kept for writing the results.
_RESERVE = 60


@dataclass(frozen=True, slots=True)
class PackageOptions:
    """How a package grades.

    Attributes
    ----------
    sandbox : str
        The sandbox for student code.
    visibility : str
        When students see the tests.
    minutes : float
        For how many minutes the system lets an autograder run.
    further : tuple of str
        Requirements that are installed in addition.
    """

    sandbox: Sandbox = field(default_factory=lambda: GradingSettings().sandbox)
    visibility: str = "visible"
    minutes: float = 10
    further: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """The number of seconds after which grading is stopped."""
        return int(max(self.minutes * 60 - _RESERVE, self.minutes * 30))


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was made.

    Attributes
    ----------
    target : Target
        The system that it is for.
    assignment : str
        The assignment that it grades.
    archive : Path
        The file with the tests.
    public : tuple of Path
        The files that students may read.
    points : float
        The points that tests give.
    by_hand : float
        The points that a person gives.
    missing : tuple of str
        Modules that the notebooks import, and that are not installed here.
    """

    target: Target
    assignment: str
    archive: Path
    public: tuple[Path, ...]
    points: float
    by_hand: float
    missing: tuple[str, ...] = ()


def make_package(
    course: Course,
    name: str,
    target: Target,
    folder: Path,
    options: PackageOptions | None = None,
) -> Package:
    """Write the package of an assignment.

    Parameters
    ----------
    course
        The course.
    name
        The assignment.
    target
        The system that it is for.
    folder
        Where the files are written.
    options
        How it grades.

    Raises
    ------
    CourseError
        The assignment cannot be graded, or the system cannot keep its points.
    UsageError
        The options do not fit the system, or a wheel cannot be built.
    """
    options = options or PackageOptions()
    _refuse_options(target, options)
    with tempfile.TemporaryDirectory(prefix="package-") as work:
        root = Path(work)
        notebooks = copy_course(course, name, root / on_site.COURSE)
        _refuse_points(target, notebooks)
        needed = needs(notebooks, options.further)
        _write_needs(root, needed)
        _write_settings(root, name, target, options)
        _write_scripts(root, target, options)
        archive = folder / target.archive
        replace_bytes(archive, _zipped(root))
    public = tuple(
        _write_public(folder / script, target.script(script), name)
        for script in target.public
    )
    points = points_by_test(notebooks)
    most = sum(notebook.max_score for notebook in notebooks)
    return Package(target, name, archive, public, points, most - points, needed.missing)


def _refuse_options(target: Target, options: PackageOptions) -> None:
    if options.minutes <= 0:
        raise UsageError(f"--minutes is {options.minutes:g}; it must be above zero")
    if options.visibility != "visible" and not target.visibility:
        raise UsageError(
            f"{target.name} shows every test to students at once, so it cannot keep "
            f"--visibility {options.visibility}; leave the option out"
        )


def _refuse_points(target: Target, notebooks: Iterable[Assignment]) -> None:
    """Refuse fractions of points if the system would cut them off."""
    broken = [
        f"{task.grade_id} ({points_text(task.points)})"
        for notebook in notebooks
        for task in notebook.tasks
        if task.points != int(task.points)
    ]
    if target.whole_points and broken:
        raise CourseError(
            f"{target.name} counts in whole points, and these cells have fractions: "
            f"{', '.join(broken)}; change their points, for example multiply all by 2"
        )


def _write_needs(root: Path, needed: Needs) -> None:
    for origin in needed.wheels:
        make_wheel(origin, root / "wheels")
    _write_lines(root / "requirements.txt", needed.requirements)
    _write_lines(root / "constraints.txt", needed.constraints)


def _write_lines(path: Path, lines: Sequence[str]) -> None:
    replace_file(path, "".join(f"{line}\n" for line in lines))


def _write_settings(
    root: Path, name: str, target: Target, options: PackageOptions
) -> None:
    settings = on_site.Settings(target.name, name, options.sandbox, options.visibility)
    replace_file(root / on_site.SETTINGS, settings.to_json())
    text = _UNFINISHED.format(minutes=options.minutes)
    content = results_file(target.name).message(text)
    replace_file(root / "unfinished.json", json.dumps(content, indent=2) + "\n")


def _write_scripts(root: Path, target: Target, options: PackageOptions) -> None:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    values = {"@PYTHON@": python, "@SECONDS@": str(options.seconds)}
    texts = {name: target.script(name) for name in target.scripts}
    texts["install.sh"] = (SCRIPTS / "install.sh").read_text("utf-8")
    for name, text in texts.items():
        for mark, value in values.items():
            text = text.replace(mark, value)
        replace_file(root / name, text)
        (root / name).chmod(0o755)


def _write_public(path: Path, text: str, name: str) -> Path:
    replace_file(path, text.replace("@ASSIGNMENT@", plain_name(name)))
    return path


def _zipped(root: Path) -> bytes:
    """Return a zip of the files below a folder; scripts in it stay executable."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                archive.write(path, path.relative_to(root).as_posix())
    return target.getvalue()


__all__ = ["Package", "PackageOptions", "make_package"]
