"""A merge conflict between an answered and a blank version of two cells."""

import difflib
import json


def mangle(notebook):
    mine = json.dumps(notebook, indent=1).split("\n")
    for name in ("mean", "scaled"):
        notebook["cells"][find(notebook, name)]["source"] = BLANK[name]
    theirs = json.dumps(notebook, indent=1).split("\n")
    lines = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, theirs, mine).get_opcodes():
        if tag == "equal":
            lines += theirs[a:b]
        else:
            lines += ["<<<<<<< HEAD", *theirs[a:b], "=======", *mine[c:d]]
            lines += [">>>>>>> homework"]
    return "\n".join(lines).encode()
