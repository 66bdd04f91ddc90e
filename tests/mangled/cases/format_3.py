"""Saved as format 3: worksheets, input, and heading cells."""


def mangle(notebook):
    cells = []
    for cell in notebook["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
        text = cell["source"]
        if cell["cell_type"] == "code":
            old |= {"input": text, "language": "python", "outputs": []}
        elif text.startswith("## ") and "\n" not in text:
            old |= {"cell_type": "heading", "level": 2, "source": text[3:]}
        else:
            old["source"] = text
        cells.append(old)
    return {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": cells[:5]}, {"cells": cells[5:]}],
    }
