"""The answer typed into a new cell at the very end."""


def mangle(notebook):
    at = find(notebook, "median")
    cell = {"cell_type": "code", "source": notebook["cells"][at]["source"]}
    notebook["cells"][at]["source"] = BLANK["median"]
    notebook["cells"].append(cell)
    return notebook
