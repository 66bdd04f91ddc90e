"""Widgets, whose state is missing or huge, and outputs of every wrong kind."""


def mangle(notebook):
    notebook["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"version_major": 2, "a": "]" * 9}
    }
    wrong = ["text", None, 7, [3], [{"output_type": "odd"}], {"data": {}}]
    for number, cell in enumerate(notebook["cells"]):
        cell["outputs"] = wrong[number % len(wrong)]
        cell["metadata"]["widgets"] = ['"outputs": [', "}"]
    return notebook
