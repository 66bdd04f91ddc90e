"""Half an emoji: a text that no file can hold, and line breaks inside strings."""

import json


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "mean")]
    cell["source"] = "# \ud83d\n" + cell["source"]
    text = json.dumps(notebook)
    return text.replace('"kernelspec"', '"kernel\nspec"').encode()
