"""The answer cell was copied, label and all; the copy below is still blank."""


def mangle(notebook):
    at = find(notebook, "mean")
    copy = {**notebook["cells"][at], "source": BLANK["mean"]}
    notebook["cells"].insert(at + 1, copy)
    return notebook
