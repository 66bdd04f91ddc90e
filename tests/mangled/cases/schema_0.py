"""nbgrader's metadata as its first versions wrote it."""


def mangle(notebook):
    for cell in notebook["cells"]:
        old = cell["metadata"].get("nbgrader")
        if old:
            cell["metadata"]["nbgrader"] = {
                "grade": old["grade"],
                "grade_id": old["grade_id"],
                "solution": old["solution"],
            }
    return notebook
