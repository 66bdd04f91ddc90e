"""A path with single backslashes, written into the file by a script."""

import json


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "mean")]
    cell["source"] = "# at C=Work=python\n" + cell["source"]
    return json.dumps(notebook).replace("C=Work=python", r"C:\Work\python").encode()
