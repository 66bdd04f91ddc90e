"""The exercises were put into another order, and labels and ids are gone."""


def mangle(notebook):
    cells = notebook["cells"]
    notebook["cells"] = cells[9:12] + cells[:9] + cells[12:]
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell["id"] = ""
    return notebook
