"""Format 4.9, which does not exist yet, with parts unknown to 4.5."""


def mangle(notebook):
    notebook["nbformat_minor"] = 9
    for cell in notebook["cells"]:
        cell["novelty"] = {"since": "4.9"}
    return notebook
