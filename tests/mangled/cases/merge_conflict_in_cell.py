"""nbdime's markers inside an answer: the file is a notebook, the cell is not Python."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "mean")]
    blank = "    ...  # TODO: your answer here"
    *head, last = cell["source"].split("\n")
    both = ["<<<<<<< local", blank, "=======", last, ">>>>>>> remote"]
    cell["source"] = "\n".join([*head, *both])
    return notebook
