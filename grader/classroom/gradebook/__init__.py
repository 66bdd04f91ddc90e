"""nbgrader's database, read and written."""
