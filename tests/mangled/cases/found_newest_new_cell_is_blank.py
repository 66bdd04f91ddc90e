"""Found by the property test: below the answer's new cell stands a blank copy."""


def mangle(notebook):
    at = find(notebook, "q1")
    source = notebook["cells"][at]["source"]
    notebook["cells"][at]["source"] = ""
    for text in (BLANK["q1"], source):
        notebook["cells"].insert(at + 2, {"cell_type": "code", "source": text})
    return notebook
