"""The answers typed into new cells below the empty ones."""


def mangle(notebook):
    for name in ("mean", "scaled"):
        at = find(notebook, name)
        cell = {"cell_type": "code", "source": notebook["cells"][at]["source"]}
        notebook["cells"][at]["source"] = BLANK[name]
        notebook["cells"].insert(at + 1, cell)
    return notebook
