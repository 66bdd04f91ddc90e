"""The address of a notebook, typed into a file."""


def mangle(notebook):
    return b"https://colab.research.google.com/drive/1AbC\n"
