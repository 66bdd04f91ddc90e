"""An answer copied from an IPython session, with its prompts."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "median")]
    first, *rest = cell["source"].split("\n")
    cell["source"] = "\n".join(
        [f"In [12]: {first}", *(f"    ...: {line}" for line in rest)]
    )
    return notebook
