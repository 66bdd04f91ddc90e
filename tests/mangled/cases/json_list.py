"""JSON, but a list."""


def mangle(notebook):
    return b"[1, 2, 3]"


EXPECT = {"unreadable": "JSON, but not a notebook"}
