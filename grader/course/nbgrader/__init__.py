"""Courses made for nbgrader, read as they are.

- ``config``: settings in ``nbgrader_config.py`` that affect grades
- ``convert``: turn a notebook into the source that grading needs
- ``mend``: make usable what nbgrader refuses
- ``autotest``: write out ``### AUTOTEST`` as assertions
"""
