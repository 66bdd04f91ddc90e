"""The answer typed above the assertions, in a test cell that Colab left open."""


def mangle(notebook):
    at, test = find(notebook, "mean"), find(notebook, "mean-test")
    cells = notebook["cells"]
    cells[test]["source"] = cells[at]["source"] + "\n\n" + cells[test]["source"]
    cells[at]["source"] = BLANK["mean"]
    return notebook
