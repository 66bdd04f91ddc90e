"""The functions behind ``import grader`` and behind the command line.

Each function imports what it needs when it is called, so that ``grader --help`` and
small scripts start quickly. Names that are not in ``grader.__all__`` exist for the
command line and may change.
"""

from grader.api.authoring import (
    keep_copies,
    lint,
    lint_rules,
    release,
    stale_copies,
    verify,
    verify_checks,
    write_address,
)
from grader.api.check import check_notebook, find_released
from grader.api.classes import (
    ClassPage,
    CollectOptions,
    collect,
    compare_class,
    export,
    export_targets,
    pack_feedback,
    pack_systems,
    report_class,
    write_feedback,
)
from grader.api.demo import make_sample_class
from grader.api.doctor import CourseFindings, examine_course, examine_machine
from grader.api.grading import (
    GradeOptions,
    cell_in_words,
    course_problems,
    grade,
    grade_notebook,
    with_points_by_hand,
)
from grader.api.new import new_course, new_exercise
from grader.api.packaging import package, package_targets, rehearse
from grader.api.run import (
    RunChoice,
    cloud_place,
    describe_cloud_jobs,
    run_files,
    run_notebooks,
    run_summary,
    write_cloud_jobs,
)

__all__ = [
    "ClassPage",
    "CollectOptions",
    "CourseFindings",
    "GradeOptions",
    "RunChoice",
    "cell_in_words",
    "check_notebook",
    "cloud_place",
    "collect",
    "compare_class",
    "course_problems",
    "describe_cloud_jobs",
    "examine_course",
    "examine_machine",
    "export",
    "export_targets",
    "find_released",
    "grade",
    "grade_notebook",
    "keep_copies",
    "lint",
    "lint_rules",
    "make_sample_class",
    "new_course",
    "new_exercise",
    "pack_feedback",
    "pack_systems",
    "package",
    "package_targets",
    "rehearse",
    "release",
    "report_class",
    "run_files",
    "run_notebooks",
    "run_summary",
    "stale_copies",
    "verify",
    "verify_checks",
    "with_points_by_hand",
    "write_address",
    "write_cloud_jobs",
    "write_feedback",
]
