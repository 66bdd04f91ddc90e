"""Committed with a merge conflict in it."""

import json


def mangle(notebook):
    lines = json.dumps(notebook, indent=1).split("\n")
    lines[9:9] = ["<<<<<<< HEAD", ' "a": 1,', "=======", ' "a": 2,', ">>>>>>> other"]
    return "\n".join(lines).encode()
