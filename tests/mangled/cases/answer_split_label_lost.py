"""An answer split in the middle: only its first piece kept the label."""


def mangle(notebook):
    at = find(notebook, "median")
    whole = notebook["cells"][at]
    lines = whole["source"].split("\n")
    whole["source"] = "\n".join(lines[:4])
    rest = {"cell_type": "code", "metadata": {}, "source": "\n".join(lines[4:])}
    notebook["cells"].insert(at + 1, rest)
    return notebook
