"""A test hollowed out, its points raised; the answer under it is wrong."""


def mangle(notebook):
    test = notebook["cells"][find(notebook, "median-test")]
    test["source"] = "pass"
    test["metadata"]["nbgrader"]["points"] = 300
    answer = notebook["cells"][find(notebook, "median")]
    answer["source"] = "def median_of(values):\n    return values[0]"
    return notebook


EXPECT = {
    "passed": {"mean", "q1", "scaled"},
    "repairs": [
        "points of Exercise 2 · median_of were changed to 300; 3 count",
        r"locked cell of Exercise 2 · median_of \(test\) was changed",
    ],
}
