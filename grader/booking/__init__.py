"""Rows of nbgrader's database; :mod:`grader.gradebook` opens it."""
