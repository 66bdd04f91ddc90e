"""A class with broken submissions is graded in one go, in jails and by the examiner.

What the corpus expects of each, it gets here too: some in ``make test``, all in
``make nightly``. ``MANGLED_CLASS`` sets how many students there are; ``make mangled``
has a hundred.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.averages import averages
from tests.support.corpus import CASES, expected, submission, worked
from tests.support.paths import MANGLED, MANGLED_COURSE

STUDENTS = int(os.environ.get("MANGLED_CLASS", "17"))
BROKEN = (
    "all_labels_lost",
    "answer_copied_same",
    "answer_deleted",
    "answer_split",
    "answers_merged",
    "empty",
    "format_unknown",
    "latin_1",
    "merge_conflict",
    "nested_deeply",
    "not_json",
    "pdf",
    "test_edited",
    "truncated",
    "utf_16",
)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(BROKEN, id="fifteen"),
        pytest.param(
            tuple(path.stem for path in CASES),
            id="all",
            marks=[pytest.mark.nightly, pytest.mark.timeout(600)],
        ),
    ],
)
def test_a_class_with_broken_submissions_is_graded_in_one_go(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    assignment = averages()
    cases = {name: MANGLED / "cases" / f"{name}.py" for name in names}
    files = {name: submission(path, assignment) for name, path in cases.items()}
    for number in range(max(2, STUDENTS - len(cases))):
        submitted = worked(assignment)
        submitted["cells"][1]["source"] += f"\n# student {number}"
        files[f"student-{number:03}"] = json.dumps(submitted).encode()
    for student, content in files.items():
        place = tmp_path / "submitted" / student / "averages" / "averages.ipynb"
        place.parent.mkdir(parents=True)
        place.write_bytes(content)

    command = [sys.executable, "-m", "grader.cli", "grade", "--class", str(tmp_path)]
    ran = subprocess.run(
        [*command, "--course", str(MANGLED_COURSE)], capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    lines = (tmp_path / "results.jsonl").read_text("utf-8").splitlines()
    results = {result["student"]: result for result in map(json.loads, lines)}
    assert len(lines) == len(results) == len(files)
    for name, path in cases.items():
        result, wanted = results[name], json.loads(expected(path).read_text("utf-8"))
        found = {cell["grade_id"]: cell["status"] for cell in result["cells"]}
        if "unreadable" in wanted:
            assert set(found.values()) == {"missing"}
            text = f"not readable: {wanted['unreadable']}"
            assert result["flags"] == [{"kind": "unreadable", "text": text}]
        else:
            assert found == wanted["cells"]
            assert result["score"] == wanted["score"]
            assert result["repairs"] == wanted["repairs"]
    scores = {results[name]["score"] for name in files if name not in cases}
    assert scores == {8}
