"""JSON, but no notebook: a settings file."""


def mangle(notebook):
    return b'{"editor.fontSize": 14}'


EXPECT = {"unreadable": "JSON, but not a notebook: it has no list of cells"}
