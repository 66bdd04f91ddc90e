"""A test cell copied, label and all; the upper copy became a scratch cell."""


def mangle(notebook):
    at = find(notebook, "mean-test")
    copy = {**notebook["cells"][at], "source": "print(mean_of([1, 2]))"}
    notebook["cells"].insert(at, copy)
    return notebook
