"""An answer cell was deleted, and no answer is anywhere."""


def mangle(notebook):
    del notebook["cells"][find(notebook, "median")]
    return notebook
