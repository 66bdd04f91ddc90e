"""The records that travel through the grader: frozen dataclasses of plain data.

Grading an ``Assignment`` and a ``Submission`` returns a ``Graded``: a ``Result``, which
is one line of ``results.jsonl``, and the notebook that was run. All records can be
pickled, and are equal if their values are. Import them from here.

- ``assignment``: what is graded: an assignment, its tasks and its files
- ``submission``: what a student submitted, and the answers found in it
- ``outcome``: how a test cell ended, before anything turns it into points
- ``check``: the grade of one cell, and points as people write them
- ``flag``: what an instructor should know about a submission
- ``result``: the grade of one submission, and its line of ``results.jsonl``
- ``escapes``: text that may come from a student, made safe to print
"""

from grader.records.assignment import Assignment, BoundFile, Task, TaskKind
from grader.records.check import TRUST_LEVELS, Check, Status, Trust, points_text
from grader.records.escapes import printable
from grader.records.flag import Flag, FlagKind
from grader.records.outcome import Ended, Outcome
from grader.records.result import Graded, Result
from grader.records.submission import Answer, Submission

__all__ = [
    "TRUST_LEVELS",
    "Answer",
    "Assignment",
    "BoundFile",
    "Check",
    "Ended",
    "Flag",
    "FlagKind",
    "Graded",
    "Outcome",
    "Result",
    "Status",
    "Submission",
    "Task",
    "TaskKind",
    "Trust",
    "points_text",
    "printable",
]
