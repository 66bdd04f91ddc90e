"""nbgrader's metadata of schema 1, checksums and all."""


def mangle(notebook):
    for cell in notebook["cells"]:
        if old := cell["metadata"].get("nbgrader"):
            del old["task"]
            old |= {"schema_version": 1, "checksum": "0" * 32, "cell_type": "code"}
    return notebook
