"""Saved in Latin-1: the course's own characters cannot be read back."""

import json


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "mean")]
    cell["source"] = "# für später\n" + cell["source"]
    text = json.dumps(notebook, ensure_ascii=False)
    return text.replace("·", "-").encode("latin-1")
