"""Benchmarks, one package each. Run them from the root of the repository.

::

    tests/contained .venv/bin/python -m benchmarks.grading
    .venv/bin/python -m benchmarks.growth
    tests/contained .venv/bin/python -m benchmarks.hostile
    .venv/bin/python -m benchmarks.run_notebooks
    .venv/bin/python -m benchmarks.mnist

Each has a ``--help``. ``README.md`` says what they measure and has their results.
"""
