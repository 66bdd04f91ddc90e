"""Two answers in the later one's cell, the first cell left blank."""


def mangle(notebook):
    first, second = find(notebook, "mean"), find(notebook, "median")
    cells = notebook["cells"]
    cells[second]["source"] += "\n\n\n" + cells[first]["source"]
    cells[first]["source"] = BLANK["mean"]
    return notebook
