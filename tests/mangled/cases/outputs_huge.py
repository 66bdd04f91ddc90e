"""Twelve megabytes of outputs: brackets, escapes and quotes among them."""


def mangle(notebook):
    line = 'x["outputs"] = [{\\ ' * 20 + "\n"
    for cell in notebook["cells"]:
        cell["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": [line] * 1000},
            {"output_type": "display_data", "data": {"image/png": "iVBO" * 10_000}},
        ]
    return notebook
