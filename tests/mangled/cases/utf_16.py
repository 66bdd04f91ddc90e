"""Saved in UTF-16 by an editor, with a byte order mark."""

import json


def mangle(notebook):
    return json.dumps(notebook, ensure_ascii=False).encode("utf-16")
