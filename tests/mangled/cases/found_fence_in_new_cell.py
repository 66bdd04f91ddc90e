"""Found by the property test: a fenced answer in a new cell below the empty one."""


def mangle(notebook):
    at = find(notebook, "mean")
    source = f"```python\n{notebook['cells'][at]['source']}\n```"
    notebook["cells"][at]["source"] = ""
    notebook["cells"].insert(at + 1, {"cell_type": "code", "source": source})
    return notebook
