"""Sources as lists of lines, as a list without newlines, and with \\r\\n."""


def mangle(notebook):
    for number, cell in enumerate(notebook["cells"]):
        lines = cell["source"].split("\n")
        cell["source"] = [
            cell["source"].splitlines(keepends=True),
            lines,
            "\r\n".join(lines),
        ][number % 3]
    return notebook
