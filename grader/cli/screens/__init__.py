"""What a terminal shows: one module for each command that shows more than a line.

- ``printing``: what all of them share: lines, paths, tables, live views
- ``check``: a table of questions, then a summary
- ``collect``: progress, a table and totals
- ``compare``: a table, and the cells that differ from nbgrader
- ``demo``: the sample class, and whether each score is right
- ``doctor``: what this machine has and lacks
- ``grade``: progress, and what is wrong with the course
- ``scores``: tables of scores, and what was noticed
- ``package``: the files that were packed, and the scores of rehearsals
- ``report``: a class report
- ``run``: progress of notebooks, and a table
- ``verify``: progress, a table, and what failed
"""
