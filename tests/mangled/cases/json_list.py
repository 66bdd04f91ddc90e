"""JSON, but a list."""


def mangle(notebook):
    return b"[1, 2, 3]"
