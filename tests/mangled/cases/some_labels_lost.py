"""Half the cells lost label and id; a scratch cell stands among them."""


def mangle(notebook):
    for cell in notebook["cells"][::2]:
        cell["metadata"] = {}
        cell["id"] = None
    at = next(
        i for i, c in enumerate(notebook["cells"]) if "def median_of" in c["source"]
    )
    notebook["cells"].insert(at, {"cell_type": "code", "source": "check = [3, 1]"})
    return notebook
