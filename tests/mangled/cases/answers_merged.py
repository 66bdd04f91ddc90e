"""Two answers in one cell, the second answer's own cell deleted."""


def mangle(notebook):
    first, second = find(notebook, "mean"), find(notebook, "median")
    cells = notebook["cells"]
    cells[first]["source"] += "\n\n\n" + cells[second]["source"]
    del cells[second]
    return notebook
