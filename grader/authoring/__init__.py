"""For authors of a course: check the notebooks, prove their tests, run them all.

- ``new``: make a small course, or add an exercise to a notebook
- ``lint``: check source notebooks against the course's rules
- ``verify``: check that tests pass solutions and catch wrong answers
- ``run``: run notebooks from top to bottom with papermill
- ``package``: make autograders that other systems run
- ``sample_class``: the submissions of ``grader demo``
"""
