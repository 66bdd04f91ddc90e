"""A web page in UTF-16."""


def mangle(notebook):
    return "\n<html><body>hw</body></html>".encode("utf-16")
