"""A class folder: submissions, results, roster and gradebook.

- ``folder``: the folder: read submissions, write results
- ``grades``: each student's score, and whether it is final
- ``roster``: find the student whom a name, address or number means
- ``roster_csv``: rosters as CSV tables
- ``students``: the students of a class, as stored in its folder
- ``gradebook``: nbgrader's database
"""
