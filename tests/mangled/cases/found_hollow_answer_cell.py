"""Found by the property test: a test in the answer's cell, the answer below."""


def mangle(notebook):
    at, test = find(notebook, "median"), find(notebook, "median-test")
    answer, cells = notebook["cells"][at]["source"], notebook["cells"]
    cells[at]["source"] = "\n" + cells[test]["source"]
    cells[test : test + 1] = [{"cell_type": "code", "source": answer}]
    for cell in cells:
        cell["metadata"] = {}
    return notebook
