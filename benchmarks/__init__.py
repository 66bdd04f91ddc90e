"""Benchmarks: a package each, run from the root of the repository.

::

    tests/contained .venv/bin/python -m benchmarks.grading
    .venv/bin/python -m benchmarks.growth
    tests/contained .venv/bin/python -m benchmarks.hostile
    .venv/bin/python -m benchmarks.run_notebooks
    .venv/bin/python -m benchmarks.mnist

Each takes ``--help``. ``README.md`` says what they measure and what they found.
"""
