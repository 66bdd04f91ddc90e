"""Cell ids repeated, numbers, too long, with illegal characters, or missing."""


def mangle(notebook):
    odd = ["same", "same", 7, None, "x" * 300, "späße !", ["list"], {"a": 1}, ""]
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = odd[number % len(odd)]
    return notebook
