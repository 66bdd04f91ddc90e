"""Measure how time and memory grow with the number of submissions.

Run from the root of the repository::

    .venv/bin/python -m benchmarks.growth [--up-to 100] [--workers 2] [--again]

``run_once`` grades a class of one size; ``table`` makes the table and the plot of all
sizes. Measurements are kept in ``benchmarks/growth.json``, the plot in
``benchmarks/growth.svg``.
"""
