"""The print-out instead of the notebook."""


def mangle(notebook):
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
