"""The rules of :mod:`grader.lint`, and what they look at."""
