"""A label renamed and no cell ids: nbgrader drops such a submission."""


def mangle(notebook):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    cell = notebook["cells"][find(notebook, "mean")]
    cell["metadata"]["nbgrader"]["grade_id"] = "mean_final"
    return notebook
