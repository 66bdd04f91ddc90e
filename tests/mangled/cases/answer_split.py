"""An answer split in the middle by the editor: both pieces carry the label."""


def mangle(notebook):
    at = find(notebook, "median")
    whole = notebook["cells"][at]
    lines = whole["source"].split("\n")
    pieces = ["\n".join(lines[:4]), "\n".join(lines[4:])]
    notebook["cells"][at : at + 1] = [{**whole, "source": text} for text in pieces]
    return notebook
