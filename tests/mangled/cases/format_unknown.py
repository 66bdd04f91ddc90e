"""Format 9, which nobody knows."""


def mangle(notebook):
    notebook["nbformat"] = 9
    return notebook


EXPECT = {"unreadable": "format '9', which is unknown; formats 3 and 4"}
