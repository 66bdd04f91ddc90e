"""A class folder: submissions, results, roster and gradebook.

- ``folder``: read submissions from the class folder, and write results into it
- ``grades``: each student's score, and whether it is final
- ``roster``: find the student whom a name, address or number means
- ``roster_csv``: rosters as CSV tables
- ``students``: the students of a class, as stored in its folder
- ``gradebook``: nbgrader's database
"""
