"""Labels and ids lost, and thousands of scratch cells."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    scratch = [
        {"cell_type": "code", "source": f"value_{n} = {n}\nprint({n})"}
        for n in range(3000)
    ]
    notebook["cells"][4:4] = scratch[:1500]
    notebook["cells"] += scratch[1500:]
    return notebook
