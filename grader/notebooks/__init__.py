"""Notebooks as data: what their cells are, contain and show. Pure.

Start at :class:`grader.notebooks.cells.Cell`.

========== ====================================================================
cells      read and write notebooks; the record of one cell
source     read an instructor's notebook, and refuse one that cannot be graded
tidy       a notebook without metadata that is broken
markers    regions such as BEGIN SOLUTION in a cell
cell_names names that nbgrader makes up for cells
questions  which question each task belongs to
headline   the line by which a reader recognises a cell
magics     Python source of a cell, without IPython's magics
syntax     parse Python, one thread at a time, and count its lines
outputs    what a kernel shows, as outputs of a cell
serialize  a notebook's JSON text, as nbformat writes it
file_names the name of a copied file without the marks of a copy
analysis   what code reads, binds and changes (a package)
========== ====================================================================
"""
