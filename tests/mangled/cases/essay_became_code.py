"""A written answer in a cell that was turned into code."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "essay")]
    cell |= {"cell_type": "code", "outputs": [], "execution_count": None}
    return notebook
