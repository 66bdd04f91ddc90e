"""Every error the grader raises on purpose.

::

    GraderError
    ├── UsageError            the caller can correct it (exit status 2)
    │   ├── CourseError       a source notebook or course folder is unusable
    │   ├── ClassError        a class folder is missing or unusable
    │   ├── ArchiveError      a zip or tar that cannot or must not be unpacked
    │   ├── SandboxError      no jail can be built here; nothing was run
    │   ├── ClusterError      no scheduler answers, or its workers cannot grade
    │   └── MissingExtraError an optional package is needed and not installed
    ├── SubmissionError       a submission cannot be read; it still gets a Result
    ├── JailError             a jail did not start, failed its self-check, or ended
    │   └── KernelDied        the student's kernel has ended
    ├── CallError             a call into student code could not be completed
    │   ├── CannotAsk         a test asks what cannot be asked from outside the jail
    │   ├── WireError         bytes from the jail break the wire format
    │   └── CallTimeout       a call ran longer than its limit
    └── ExaminerError         the examiner itself failed: the grader is to blame

A message says what happened and where, the bad value, the legal values and the next
step. All errors can be pickled, because they pass from one process to another.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

Extra = Literal["cluster", "notebooks"]
#: The packages of each extra of this distribution, by the names that are imported.
EXTRAS: dict[Extra, tuple[str, ...]] = {
    "cluster": ("distributed",),
    "notebooks": ("latex2mathml", "papermill", "psutil"),
}


class GraderError(Exception):
    """Base class of everything the grader raises on purpose."""


class UsageError(GraderError):
    """The caller gave something unusable; the command line exits with 2."""


class CourseError(UsageError):
    """A source notebook or course folder cannot be used."""


class ClassError(UsageError):
    """A class folder is missing or cannot be used."""


class ArchiveError(UsageError):
    """An archive is damaged, locked, or holds more than it may."""


class SandboxError(UsageError):
    """No jail can be built on this machine. No student code was run."""


class ClusterError(UsageError):
    """A cluster cannot be reached, or its workers would grade differently."""


class MissingExtraError(UsageError):
    """An optional package is needed here and is not installed."""


class SubmissionError(GraderError):
    """A submission cannot be read as a notebook."""


class JailError(GraderError):
    """A jail did not start, failed its self-check, or has ended."""


class KernelDied(JailError):
    """The student's kernel ended while it was needed."""


class CallError(GraderError):
    """A call from the examiner into the jail failed."""


class CannotAsk(CallError):
    """A test asks something of student code that only its own process can answer."""


class WireError(CallError):
    """Bytes from the jail break the wire format, or exceed its limits."""


class CallTimeout(CallError):
    """A call into the jail took longer than its limit."""


class ExaminerError(GraderError):
    """The examiner failed; the student is not to blame."""


def require_extra(extra: Extra) -> None:
    """Check that the packages of an extra are installed, without importing them.

    Parameters
    ----------
    extra
        The extra's name: ``notebooks`` for ``nbexaminer[notebooks]``.

    Raises
    ------
    MissingExtraError
        If one of them is not, with the command that installs it.
    """
    missing = [name for name in EXTRAS[extra] if find_spec(name) is None]
    if missing:
        raise MissingExtraError(
            f"this needs packages that are not installed: {', '.join(missing)}; "
            f"pip install 'nbexaminer[{extra}]'"
        )


__all__ = [
    "EXTRAS",
    "ArchiveError",
    "CallError",
    "CallTimeout",
    "CannotAsk",
    "ClassError",
    "ClusterError",
    "CourseError",
    "ExaminerError",
    "Extra",
    "GraderError",
    "JailError",
    "KernelDied",
    "MissingExtraError",
    "SandboxError",
    "SubmissionError",
    "UsageError",
    "WireError",
    "require_extra",
]
