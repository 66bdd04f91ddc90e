"""A block of the disk was overwritten: one cell is gone, the others are read."""

import json


def mangle(notebook):
    text = json.dumps(notebook, indent=1).encode()
    at = text.index(b"ranked = sorted")
    return text[:at] + b'\0"}]\xff\xfe{' * 20 + text[at + 120 :]
