"""Labels and ids lost, and the last cells in reverse: neighbours say nothing."""


def mangle(notebook):
    cells = notebook["cells"]
    cells[-3:] = cells[:-4:-1]
    for cell in cells:
        cell["metadata"] = {}
        del cell["id"]
    return notebook
