"""Courses made for nbgrader, read as they are.

- ``config``: settings in ``nbgrader_config.py`` that affect grades
- ``convert``: turn a notebook into the source that grading needs
- ``mend``: correct cells for which nbgrader refuses a notebook
- ``autotest``: write out ``### AUTOTEST`` as assertions
"""
