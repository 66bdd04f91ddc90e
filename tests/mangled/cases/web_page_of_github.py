"""A page of GitHub that the browser saved: it begins with empty lines."""


def mangle(notebook):
    page = b"<!DOCTYPE html>\n<html><head><title>hw.ipynb at main</title></head></html>"
    return b"\n\n\n\n" + page
