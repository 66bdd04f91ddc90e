"""Made from a kept release and stripped of all metadata: known by its texts."""

import json


def mangle(notebook):
    right = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"]
        for cell in notebook["cells"]
    }
    old = json.loads(EARLIER)
    old["metadata"] = {}
    for cell in old["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        name = "q1" if name == "robust" else name
        if name in ("mean", "median", "q1", "scaled", "essay"):
            cell["source"] = right[name]
        cell["metadata"] = {}
        del cell["id"]
    return old
