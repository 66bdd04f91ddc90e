"""Found by the property test: an answer cell turned into format 3's heading."""


def mangle(notebook):
    for name in ("mean", "q1"):
        notebook["cells"][find(notebook, name)]["cell_type"] = "heading"
    return notebook
