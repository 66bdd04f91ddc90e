"""An answer pasted from a web page, which indents its code with non-breaking spaces."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "median")]
    cell["source"] = cell["source"].replace("    ", "\u00a0" * 4)
    return notebook
