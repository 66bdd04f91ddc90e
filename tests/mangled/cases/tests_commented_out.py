"""Every test line commented out, as students do to silence a red cell."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if (
            cell["metadata"].get("nbgrader", {}).get("points")
            and "code" in cell["cell_type"]
        ):
            cell["source"] = "# " + cell["source"].replace("\n", "\n# ")
    return notebook
