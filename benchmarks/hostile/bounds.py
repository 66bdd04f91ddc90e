"""The limits of both graders, and the places where student code may write."""

from __future__ import annotations

NBGRADER, GRADER = "nbgrader", "grader"
# What a cell may take, a submission as a whole, and its grading beyond that, in s.
CELL_SECONDS, TOTAL_SECONDS, BEYOND = 5, 40, 2
# More than both submissions and a slow start need.
WALL_SECONDS = 180
# Bounds of the container around nbgrader.
CONTAINER = {"CONTAINED_PIDS": "300", "CONTAINED_MEMORY": str(3 << 30)}
# The size of the disk in memory that holds a class.
SCRATCH_BYTES = 1 << 29
# Folders where programs may write, and the folders of a class that replace them.
SCRATCH = {"/tmp": "tmp", "/dev/shm": "shm", "/var/tmp": "var"}  # noqa: S108
# The limits that the course gives to grader.
LIMITS = {
    "cell_seconds": CELL_SECONDS,
    "call_seconds": CELL_SECONDS,
    "total_seconds": TOTAL_SECONDS,
    "memory_mb": 512,
}
# The honest student comes after every hostile one, in both graders' order.
HONEST = "zz-honest"
