"""Names of 10 kB: of an answer, of cells of the student's own, of kernel and tags."""

LONG = "n" * 10_000


def mangle(notebook):
    notebook["metadata"]["kernelspec"] = {"name": LONG, "display_name": LONG}
    notebook["metadata"][LONG] = LONG
    answer = notebook["cells"][find(notebook, "mean")]
    answer["metadata"]["nbgrader"]["grade_id"] = LONG
    answer["metadata"]["tags"] = [LONG]
    label = {**answer["metadata"]["nbgrader"], "grade_id": f"{LONG}-own"}
    own = {**answer, "source": "x = 1", "id": LONG, "metadata": {"nbgrader": label}}
    heading = {"cell_type": "markdown", "id": "heading", "source": f"# {LONG}"}
    heading |= {"metadata": {}, "attachments": {LONG: {"text/plain": LONG}}}
    notebook["cells"] += [own, heading]
    return notebook
