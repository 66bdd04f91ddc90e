"""Compare the time of `grader run` with papermill's command line.

Run from the root of the repository::

    .venv/bin/python -m benchmarks.run_notebooks [--as-many-as 6]
"""
