"""Saved in UTF-8 with a byte order mark."""

import json


def mangle(notebook):
    return b"\xef\xbb\xbf" + json.dumps(notebook, ensure_ascii=False).encode()
