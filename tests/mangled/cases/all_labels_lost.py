"""Passed through a tool that drops all metadata and all ids."""


def mangle(notebook):
    notebook["metadata"] = {}
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    return notebook
