"""Saved by VS Code: nbgrader's labels gone, ids kept, a foreign kernel."""


def mangle(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    notebook["metadata"] = {
        "kernelspec": {"display_name": ".venv", "language": "python", "name": ".venv"},
        "language_info": {},
    }
    return notebook
