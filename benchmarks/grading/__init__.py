"""Grade the same submissions with nbgrader and with grader, and compare them.

Run from the root of the repository, or with ``make bench``::

    tests/contained .venv/bin/python -m benchmarks.grading [--rows numpy] [--json FILE]

``sample_class`` writes the submissions, ``run`` grades them in each way, ``meter``
measures the time and memory of a command, ``floor`` runs the bare cells, and
``table`` makes the tables.
"""
