"""The page of a file host, saved instead of the file."""


def mangle(notebook):
    return b"<!DOCTYPE html><html><title>Sign in</title></html>"
