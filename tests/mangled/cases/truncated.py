"""An upload that was cut off in the middle."""

import json


def mangle(notebook):
    text = json.dumps(notebook, indent=1)
    return text[: len(text) // 2].encode()
