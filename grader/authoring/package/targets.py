"""The systems for which ``grader package`` makes autograders.

To add one, write its scripts in a folder of ``scripts/``, a :class:`Target` here, the
layout of its folders in :mod:`grader.authoring.package.site`, and its results file in
:mod:`grader.reports.platforms.table`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

SCRIPTS = Path(__file__).with_name("scripts")


@dataclass(frozen=True, slots=True)
class Target:
    """A system that runs autograders.

    Attributes
    ----------
    name : str
        Its name for ``--for``.
    title : str
        A short description.
    archive : str
        The name of the file with the tests.
    scripts : tuple of str
        The scripts in the archive, from the target's folder in ``scripts/``.
    public : tuple of str
        Scripts that are uploaded beside the archive, where students can read them. They
        hold no tests.
    whole_points : bool
        Whether the system counts in whole points only.
    visibility : bool
        Whether the system can hide tests from students for a time.
    """

    name: str
    title: str
    archive: str
    scripts: tuple[str, ...]
    public: tuple[str, ...] = ()
    whole_points: bool = False
    visibility: bool = False

    def script(self, name: str) -> str:
        """Return the content of one of the scripts."""
        return (SCRIPTS / self.name / name).read_text("utf-8")


TARGETS: tuple[Target, ...] = (
    Target(
        "gradescope",
        "Gradescope's autograder.zip",
        "autograder.zip",
        ("setup.sh", "run_autograder"),
        visibility=True,
    ),
    Target(
        "classroom50",
        "Classroom 50, on a runner of your own",
        "private.zip",
        ("setup.sh", "run"),
        ("autograder.py",),
        whole_points=True,
    ),
)


def target_called(name: str) -> Target:
    """Return the target with this name.

    Raises
    ------
    UsageError
        There is no such target.
    """
    for target in TARGETS:
        if target.name == name:
            return target
    names = ", ".join(target.name for target in TARGETS)
    raise UsageError(f"no package for {name!r}; there are {names}")


__all__ = ["SCRIPTS", "TARGETS", "Target", "target_called"]
