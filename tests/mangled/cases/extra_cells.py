"""The student's own cells: before all, before an answer that needs it, after all."""


def mangle(notebook):
    def cell(source, kind="code"):
        return {"cell_type": kind, "metadata": {}, "source": source}

    at = find(notebook, "mean")
    notebook["cells"][at]["source"] = (
        "def mean_of(values):\n    return own_sum(values) / len(values)"
    )
    notebook["cells"].insert(
        at, cell("def own_sum(values):\n    return float(sum(values))")
    )
    notebook["cells"].insert(0, cell("!echo hello"))
    notebook["cells"].append(cell("My notes.", "markdown"))
    notebook["cells"].append(cell(""))
    return notebook
