"""Found by the property test: an answer in a new cell that was turned into text."""


def mangle(notebook):
    at = find(notebook, "q1")
    source = notebook["cells"][at]["source"]
    notebook["cells"][at]["source"] = ""
    notebook["cells"].insert(at + 3, {"cell_type": "markdown", "source": source})
    return notebook
