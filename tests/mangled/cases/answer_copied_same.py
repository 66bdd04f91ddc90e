"""A graded cell pasted twice, unchanged: nbgrader stops the whole batch at it."""


def mangle(notebook):
    for name in ("median", "median-test"):
        at = find(notebook, name)
        notebook["cells"].insert(at, notebook["cells"][at])
    return notebook
