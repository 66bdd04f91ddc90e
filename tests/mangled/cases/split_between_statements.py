"""An answer of two statements split between them, the label on the first only."""


def mangle(notebook):
    at = find(notebook, "scaled")
    first, second = notebook["cells"][at]["source"].split("\n")
    notebook["cells"][at]["source"] = first
    notebook["cells"].insert(at + 1, {"cell_type": "code", "source": second})
    return notebook
