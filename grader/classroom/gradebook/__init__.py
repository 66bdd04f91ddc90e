"""Read and write nbgrader's database.

- ``gradebook``: open the database and write results; start here
- ``assignments``: an assignment's notebook, cells and points
- ``submissions``: the rows of graded submissions
- ``by_hand``: read the points, extra credit and comments that people entered
- ``deadlines``: due dates, extensions and penalties for late submissions
- ``recorded``: read the score of each cell, and change nothing
- ``tables``: nbgrader's tables, without the rest of nbgrader
"""
