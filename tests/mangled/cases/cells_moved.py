"""The exercises were put into another order."""


def mangle(notebook):
    cells = notebook["cells"]
    notebook["cells"] = cells[12:15] + cells[:12] + cells[:14:-1]
    return notebook
