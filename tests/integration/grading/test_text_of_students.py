"""What a test runs as code because a student wrote it runs in the jail only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small_course import checks, course, graded, submit

pytestmark = [pytest.mark.long, pytest.mark.hostile]

SOURCE = '''
# %% negate
def negate(x):
    """
    >>> negate(3)
    -3
    """
    return -x
# %% negate-test
import doctest
runner = doctest.DocTestRunner(verbose=False)
for each in doctest.DocTestFinder().find(negate, "negate", globs={"negate": negate}):
    runner.run(each, out=lambda text: None)
assert runner.tries > 0 and runner.failures == 0
# %% formula
formula = "x * x"
# %% formula-test
for x in range(5):
    assert eval(formula) == x * x
# %% plain
def plain(x):
    return x
# %% plain-test
assert plain(3) == 3
'''


def test_text_of_a_student_never_runs_outside_of_a_jail(tmp_path: Path) -> None:
    escaped = tmp_path / "escaped"
    writes = f"open({str(escaped)!r}, 'a').write('x')"
    lines = f">>> try: _ = {writes}", "... except OSError: pass", ">>> negate(3)"
    documented = SOURCE.replace(">>> negate(3)", "\n    ".join(lines))
    evil = f"__import__('contextlib').suppress(OSError).__enter__() or ({writes}) and x"
    course(tmp_path, hw=SOURCE)
    submit(tmp_path, "honest", hw=SOURCE)
    submit(tmp_path, "documented", hw=documented)
    submit(tmp_path, "formulated", hw=SOURCE.replace('"x * x"', repr(evil)))
    results = graded(tmp_path)
    assert not escaped.exists()
    trusts = {name: c.trust for name, c in checks(results["honest"]).items()}
    assert trusts["negate-test"] == trusts["formula-test"] == "in-kernel"
    assert results["honest"].score == 3
    assert checks(results["documented"])["negate-test"].points == 1
    assert checks(results["formulated"])["formula-test"].points == 0
