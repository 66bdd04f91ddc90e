"""A class folder: submissions, results, roster and gradebook.

- ``folder``: read submissions from the class folder, and write results into it
- ``results_file``: ``results.jsonl``, one result per line
- ``grades``: each student's score, and whether it is final
- ``names``: compare names of people
- ``names_inside``: find names that are part of longer names
- ``roster``: find the student whom a name, address or number means
- ``roster_csv``: rosters as CSV tables
- ``students``: the students of a class, as stored in its folder
- ``timing``: when submissions were made and due, and what being late cost
- ``trusts``: a file that says how far each test can be trusted
- ``upload_names``: what submissions were called in their downloads
- ``gradebook``: nbgrader's database
"""
