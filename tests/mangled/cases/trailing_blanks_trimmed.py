"""An editor trimmed and added trailing blanks everywhere: no change at all."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "  \n")
        cell["source"] += "\n\n" if cell["cell_type"] == "code" else ""
        cell["metadata"].get("nbgrader", {})["checksum"] = "0" * 32
    return notebook
