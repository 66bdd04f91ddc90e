"""Begin a course, and exercises in it, from files to be rewritten.

- ``course``: a small course from the files in ``template/``
- ``exercise``: an exercise from those in ``exercise/``, added to a notebook

In ``template/``, names that begin with ``dot-`` get a dot instead, so that tools which
pass over hidden files find them. ``my-course`` stands for the course's name.
"""
