"""JSON, but no notebook: a settings file."""


def mangle(notebook):
    return b'{"editor.fontSize": 14}'
