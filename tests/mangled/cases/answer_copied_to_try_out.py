"""The answer cell was copied and the copy, label and all, became a scratch cell."""


def mangle(notebook):
    at = find(notebook, "mean")
    copy = {**notebook["cells"][at], "source": "mean_of([1, 2, 3])"}
    notebook["cells"].insert(at + 1, copy)
    return notebook
