"""An answer pasted from a chat, code fences and all."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "median")]
    cell["source"] = f"```python\n{cell['source']}\n```\n"
    return notebook
