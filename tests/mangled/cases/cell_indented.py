"""An answer indented as a whole, as it is inside of a function; IPython runs it."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "median")]
    cell["source"] = "\n".join(f"    {line}" for line in cell["source"].split("\n"))
    return notebook
