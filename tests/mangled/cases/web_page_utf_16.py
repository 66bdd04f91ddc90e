"""A saved web page, encoded in UTF-16, in place of the notebook."""


def mangle(notebook):
    return "\n<html><body>hw</body></html>".encode("utf-16")
