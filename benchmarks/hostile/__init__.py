"""Grade hostile submissions with nbgrader and with grader; compare what they gained.

Run from the root of the repository, as root::

    tests/contained .venv/bin/python -m benchmarks.hostile [--each N] [--json FILE]

``bounds`` has the limits of both graders, ``sample_class`` makes a class for each case
and has it graded, ``run`` starts the graders, ``judge`` says what went wrong, and
``table`` prints. The cases are those of ``tests/hostile``.
"""
