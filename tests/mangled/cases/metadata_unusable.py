"""Metadata of every wrong type, and things among the cells that are none."""


def mangle(notebook):
    notebook["metadata"] = ["not", "a", "mapping"]
    values = [None, 5, "text", [], {"nbgrader": [1]}, {"nbgrader": {"grade_id": {}}}]
    for number, cell in enumerate(notebook["cells"]):
        if "nbgrader" not in cell["metadata"]:
            cell["metadata"] = values[number % len(values)]
        cell["attachments"] = 3
        cell["outputs"] = "none"
    notebook["cells"] += [None, 3, "cell", [], {}, {"cell_type": 4, "source": {}}]
    return notebook
