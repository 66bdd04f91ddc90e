"""A shorter file was written over a longer one, whose end is still there."""

import json


def mangle(notebook):
    text = json.dumps(notebook, indent=1)
    return (text + text[-40:]).encode()
