"""Found by the property test: fences within fences, with prose in both."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "scaled")]
    for _ in range(2):
        cell["source"] = f"Like this:\n```python\n{cell['source']}\n```\nIt works."
    return notebook
