"""A page that Chrome saved as one file."""


def mangle(notebook):
    head = b"From: <Saved by Blink>\nSubject: hw\nMIME-Version: 1.0\n"
    return head + b"Content-Type: multipart/related;\n"
