"""A disk that filled up left zero bytes after the end."""

import json


def mangle(notebook):
    return json.dumps(notebook).encode() + b"\n" + bytes(4096)
