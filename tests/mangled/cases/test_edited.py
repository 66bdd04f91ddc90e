"""A test hollowed out, its points raised; the answer under it is wrong."""


def mangle(notebook):
    test = notebook["cells"][find(notebook, "median-test")]
    test["source"] = "pass"
    test["metadata"]["nbgrader"]["points"] = 300
    answer = notebook["cells"][find(notebook, "median")]
    answer["source"] = "def median_of(values):\n    return values[0]"
    return notebook
