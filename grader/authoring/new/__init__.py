"""Make a small course, or add an exercise to a notebook, for an author to rewrite.

- ``course``: make a course from the files in ``template/``
- ``exercise``: add an exercise from the files in ``exercise/``

Some tools ignore hidden files. So file names in ``template/`` begin with ``dot-`` where
those in a course begin with a dot. ``my-course`` is replaced by the course's name.
"""
