"""An answer copied from a Python shell, prompts and all."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "median")]
    first, *rest = cell["source"].split("\n")
    cell["source"] = "\n".join([f">>> {first}", *(f"... {line}" for line in rest)])
    return notebook
