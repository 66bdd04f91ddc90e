"""A function renamed in a cell of its own, the answer cell deleted: for a person."""


def mangle(notebook):
    at = find(notebook, "mean")
    source = notebook["cells"][at]["source"].replace("mean_of", "my_mean")
    notebook["cells"][at] = {"cell_type": "code", "source": source}
    notebook["cells"][at : at + 1] = [
        {"cell_type": "code", "source": "values = [1, 2]"},
        notebook["cells"][at],
    ]
    return notebook
