"""Passed through a tool that drops all metadata and all ids."""


def mangle(notebook):
    notebook["metadata"] = {}
    notebook["nbformat_minor"] = 2
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    return notebook


EXPECT = {
    "repairs": [
        "4 answers .*by the name it defines: .*Exercise 1.*Question 1.*Exercise 3",
        "Your answer to Exercise 4 · In words .*by its place",
    ],
    "flags": ["essay: recognised by its place"],
}
