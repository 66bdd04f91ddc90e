"""Check the notebook from its last cell: blank answers and failing visible tests.

This package does not need the grader. It gets the notebook's cells from the front end,
and runs the visible tests again on a copy of the kernel's names, so that they change
nothing. `check` always prints a report and never raises.

``check``          print the report
``check_answers``  the state of each answer, an ``AnswerCheck``
"""

from cnnlab.selfcheck._answers import AnswerCheck, check_answers
from cnnlab.selfcheck._report import check

__all__ = ["AnswerCheck", "check", "check_answers"]
