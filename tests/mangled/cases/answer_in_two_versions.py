"""Two worked versions under one label: the last counts, the first stays above."""


def mangle(notebook):
    at = find(notebook, "mean")
    first = {**notebook["cells"][at], "source": "def mean_of(values):\n    return 0.0"}
    notebook["cells"].insert(at, first)
    return notebook
