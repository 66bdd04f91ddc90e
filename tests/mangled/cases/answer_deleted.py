"""An answer cell was deleted, and no answer is anywhere."""


def mangle(notebook):
    del notebook["cells"][find(notebook, "median")]
    return notebook


EXPECT = {
    "passed": {"mean", "q1", "scaled"},
    "missing": {"median"},
    "repairs": ["No answer to Exercise 2 · median_of was found"],
    "flags": ["median: no answer found; look by hand"],
}
