"""Limits of both graders, and the folders where student code may write."""

from __future__ import annotations

NBGRADER, GRADER = "nbgrader", "grader"
# Seconds for a cell, for a whole submission, and for grading it beyond that.
CELL_SECONDS, TOTAL_SECONDS, BEYOND = 5, 40, 2
# More than two submissions and a slow start need.
WALL_SECONDS = 180
# Limits of the container around nbgrader.
CONTAINER = {"CONTAINED_PIDS": "300", "CONTAINED_MEMORY": str(3 << 30)}
# Size of the file system in memory that holds a class.
SCRATCH_BYTES = 1 << 29
# Folders where programs may write, and the folders of a class that replace them.
SCRATCH = {"/tmp": "tmp", "/dev/shm": "shm", "/var/tmp": "var"}  # noqa: S108
# Limits that the course sets for grader.
LIMITS = {
    "cell_seconds": CELL_SECONDS,
    "call_seconds": CELL_SECONDS,
    "total_seconds": TOTAL_SECONDS,
    "memory_mb": 512,
}
# Sorted after every hostile student, so that both graders grade it last.
HONEST = "zz-honest"
