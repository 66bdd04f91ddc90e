"""Found by the property test: a blank copy, its label lost, undid the answer."""


def mangle(notebook):
    at = find(notebook, "mean")
    blank = {**notebook["cells"][at], "source": BLANK["mean"], "metadata": {}}
    notebook["cells"].insert(at + 1, blank)
    return notebook
