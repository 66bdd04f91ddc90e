"""Answers left blank: one emptied, one with a comment only, one as handed out."""


def mangle(notebook):
    sources = {"mean": "", "median": "# later", "scaled": BLANK["scaled"]}
    for name, source in sources.items():
        notebook["cells"][find(notebook, name)]["source"] = source
    return notebook
