"""Fuzzing: random hostile input for the code that reads messages from a jail.

Run from the root of the repository::

    .venv/bin/python -m fuzz --count 1000000 --seed 1
    .venv/bin/python -m fuzz --count 0 --cells 50000 --keras 20000

``wire`` fuzzes the answers that the examiner reads, ``cells`` what the grader reads
while a cell runs, ``keras`` the configurations of Keras objects. ``inputs`` draws the
bytes for the first two, and ``report`` counts, shortens and prints the findings.
"""
