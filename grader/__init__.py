"""A Jupyter autograder for hostile code and mangled notebooks.

Each public name is imported when it is first used, because fork servers, jailed
kernels and examiners import this package, too, and must not load a course or a
gradebook.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.api import (
        collect,
        export,
        grade,
        grade_notebook,
        lint,
        release,
        verify,
        write_feedback,
    )
    from grader.classroom.folder import Classroom
    from grader.course.course import Course
    from grader.errors import (
        ArchiveError,
        CallError,
        CallTimeout,
        CannotAsk,
        ClassError,
        ClusterError,
        CourseError,
        ExaminerError,
        GraderError,
        JailError,
        KernelDied,
        MissingExtraError,
        SandboxError,
        SubmissionError,
        UsageError,
        WireError,
    )
    from grader.records import (
        Answer,
        Assignment,
        BoundFile,
        Check,
        Flag,
        Graded,
        Outcome,
        Result,
        Submission,
        Task,
    )

__version__ = "0.1.0"

# nbformat imports jsonschema, which would spend three seconds in each process on
# building a grammar of web addresses. With None, importing this module fails.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

_MODULES = {"Classroom": "classroom.folder", "Course": "course.course"}
_COMMON_MODULES = ("records", "errors", "api")

# With a module-level __getattr__, a type checker would accept any attribute.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first used."""
        if name == "collect":
            # Python binds this name to the package, so the package itself is callable.
            return import_module("grader.collect")
        paths = (_MODULES.get(name), *_COMMON_MODULES) if name in __all__ else ()
        for path in paths:
            module = import_module(f"grader.{path}") if path else None
            if hasattr(module, name):
                return getattr(module, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


# fmt: off
__all__ = [
    "Answer", "ArchiveError", "Assignment", "BoundFile", "CallError", "CallTimeout",
    "CannotAsk", "Check", "ClassError", "Classroom", "ClusterError", "Course",
    "CourseError", "ExaminerError", "Flag", "Graded", "GraderError", "JailError",
    "KernelDied", "MissingExtraError", "Outcome", "Result", "SandboxError",
    "Submission", "SubmissionError", "Task", "UsageError", "WireError", "__version__",
    "collect", "export", "grade", "grade_notebook", "lint", "release", "verify",
    "write_feedback",
]
# fmt: on
