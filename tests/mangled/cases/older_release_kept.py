"""Made from a release that the course has kept: its own texts count as unchanged."""

import json


def mangle(notebook):
    right = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): cell["source"]
        for cell in notebook["cells"]
    }
    old = json.loads(EARLIER)
    for cell in old["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        name = "q1" if name == "robust" else name
        if name in ("mean", "q1", "scaled", "essay"):
            cell["source"] = right[name]
    return old
