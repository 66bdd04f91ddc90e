"""%load left its line as a comment; %%writefile stands in a cell of its own."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "scaled")]
    cell["source"] = "# %load scaled.py\n" + cell["source"]
    notebook["cells"].insert(2, {"cell_type": "code", "source": "%load setup.py"})
    return notebook
