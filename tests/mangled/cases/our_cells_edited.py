"""Setup and parameters edited: the first is kept beside ours, the second is not."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if cell["id"] == "setup":
            cell["source"] += "\nimport bisect"
        if cell["id"] == "parameters":
            cell["source"] = "size = 10**9"
        if cell["id"] == "mean-shown":
            cell["source"] = "# " + cell["source"]
    return notebook
