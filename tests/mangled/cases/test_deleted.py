"""A test cell and a task text were deleted."""


def mangle(notebook):
    for name in ("median-test", "mean-task"):
        del notebook["cells"][find(notebook, name)]
    return notebook
