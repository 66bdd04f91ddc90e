"""Shell lines and magics in an answer and beside it."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "mean")]
    cell["source"] = "%matplotlib inline\n!pip install numpy\n" + cell["source"]
    notebook["cells"].append(
        {"cell_type": "code", "source": "%%writefile mine.py\nprint('{}')\nx ="}
    )
    return notebook
