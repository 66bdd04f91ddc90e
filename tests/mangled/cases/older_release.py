"""A copy of an earlier release, with other texts and a weaker test."""


def mangle(notebook):
    notebook["metadata"]["grader"]["release"] = "0" * 64
    notebook["cells"][find(notebook, "mean-task")]["source"] = "### Exercise 1"
    notebook["cells"][find(notebook, "mean-test")]["source"] = "assert mean_of([1])"
    return notebook
