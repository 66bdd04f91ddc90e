"""UTF-8 that was read as Windows-1252 on the way, and saved again."""

import json


def mangle(notebook):
    cell = notebook["cells"][find(notebook, "essay")]
    cell["source"] = "Für Häuser – wegen der Paläste."
    text = json.dumps(notebook, ensure_ascii=False)
    return text.encode().decode("cp1252").encode()
