"""A label renamed by hand; the cell id is still there."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "mean")]
    cell["metadata"]["nbgrader"]["grade_id"] = "mean_final"
    return notebook
