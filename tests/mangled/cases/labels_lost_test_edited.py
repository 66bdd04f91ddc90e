"""Labels and ids lost, and a test weakened: it is known for the test it was."""


def mangle(notebook):
    test = notebook["cells"][find(notebook, "median-test")]
    test["source"] = test["source"].replace("== 5", ">= 5")
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    return notebook
