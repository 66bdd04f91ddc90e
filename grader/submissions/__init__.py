"""Read a submission, repair it, and merge it into the instructor's notebook.

Start at :func:`grader.submissions.merge.merge`. In the order in which they work:

========== ======================================================================
read       a submitted file, read with care
disguised  notebooks whose names do not say that they are notebooks
own_files  what was submitted beside a notebook
repair     what is left of a damaged notebook (a package)
releases   which release the submission was made from
align      which of its cells is which cell of that release
compare    both together: the submission beside what students received
blank      whether a student has worked on a cell
recover    the student's text for each answer cell, wherever it ended up
doubts     cells that may be an answer, for a person to look at
notes      what is said of locked cells and of the release
assemble   the notebook that is graded, put together from the instructor's
roles      what each of its cells is, written into it
merge      all of these for one submission
code_flags what an instructor may want to read in a student's code
========== ======================================================================
"""
