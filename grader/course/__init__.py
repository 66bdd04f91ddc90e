"""A course on disk: its assignments, and the copies that students get.

- ``course``: a course's folders, assignments and notebooks; start here
- ``assignments``: all that grading needs about one of the instructor's notebooks
- ``project``: read the settings in the course's ``pyproject.toml``
- ``notebook_settings``: what a notebook's metadata sets
- ``release``: make the student copy of a notebook
- ``student_copies``: write, keep and compare the copies of a course
- ``leaks``: find solutions and hidden tests in a student copy
- ``matching``: match submitted files to the notebooks of an assignment
- ``reference_copy``: the released copy that a student's notebook stems from
- ``skipping``: cells that grading can skip because nothing needs them
- ``imported``: the modules that a notebook imports
- ``extra_files``: files beside an instructor's notebook
- ``nbgrader``: courses made for nbgrader
"""
