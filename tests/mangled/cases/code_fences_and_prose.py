"""A chat's whole reply pasted into the answer, words before and after the code."""


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "median")]
    cell["source"] = (
        f"Sure! Sort the values first:\n\n```python\n{cell['source']}\n```\n\n"
        "This works for even counts, too. Would you like me to explain it?"
    )
    return notebook
