"""What a terminal shows: one module for each command that shows more than a line.

- ``check``: a table of questions, then a summary
- ``collect``: progress, a table and totals
- ``compare``: a table, and the cells that differ from nbgrader
- ``demo``: the sample class, and whether each score is right
- ``doctor``: what this machine has and lacks
- ``grade``: progress, and paths
- ``scores``: tables of scores, and what was noticed
- ``package``: the files of a package, and the results of rehearsals
- ``report``: a class report
- ``run``: progress of notebooks, and a table
- ``verify``: progress, a table, and what failed
"""
