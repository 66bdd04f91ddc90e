"""A file of no bytes."""


def mangle(notebook):
    return b""


EXPECT = {"unreadable": "the file is empty"}
