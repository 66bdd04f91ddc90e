"""The self-check in the last cell of a lesson: what it prints in a real kernel."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel
from nbformat import from_dict
from nbgrader.utils import compute_checksum

from cnnlab import selfcheck
from cnnlab.selfcheck import AnswerCheck, check_answers
from tests.support.paths import ROOT

COPIES = sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*.ipynb")])
HEADING = "### Exercise 1 · Twice (2 points)"
STUB = "def twice(x):\n    ...  # TODO: your answer here"
RIGHT = "def twice(x):\n    return 2 * x"
TEST = 'got = twice(2)\nassert got == 4, "twice 2 is 4:\\nsee above"'


def cell(source: str, kind: str = "code", **nbgrader: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": "twice", **nbgrader}} if nbgrader else {}
    return {"cell_type": kind, "metadata": metadata, "source": source}


def notebook(answer: str, test: str = TEST) -> list[dict[str, Any]]:
    return [
        cell(HEADING, "markdown", locked=True),
        cell(answer, solution=True),
        cell(test, grade=True, locked=True, points=2),
        cell("### Exercise 2 · Why (1 point)", "markdown", locked=True),
        cell("Because.", "markdown", solution=True, grade=True, points=1),
    ]


def outcome(
    answer: str, error: str | None = None, executed: bool = True
) -> AnswerCheck:
    history = [answer + "  \n"] if executed else []
    first, second = check_answers(notebook(answer), history, lambda source: error)
    assert second == AnswerCheck("Exercise 2 · Why", "no test")
    assert first.title == "Exercise 1 · Twice"
    return first


class TestCheckAnswers:
    def test_each_state(self) -> None:
        assert outcome(STUB).state == "blank"
        assert outcome("").state == "blank"
        assert outcome(RIGHT).state == "passes"
        assert outcome(RIGHT, executed=False).state == "not run"
        failed = outcome(RIGHT, "twice 2 is 4")
        assert (failed.state, failed.message) == ("fails", "twice 2 is 4")

    def test_a_blank_answer_is_not_tested(self) -> None:
        def run(source: str) -> str | None:
            raise AssertionError(source)

        assert check_answers(notebook(STUB), [STUB], run)[0].state == "blank"

    @pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
    def test_all_answers_of_a_student_copy_are_blank(self, path: Path) -> None:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        checks = check_answers(cells, [], lambda source: None)
        assert len(checks) > 5
        assert {check.state for check in checks} == {"blank"}
        assert len({check.title for check in checks}) == len(checks)
        assert list(selfcheck._changed_cell_lines(cells)) == []

    @pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
    def test_checksums_are_the_same_as_nbgraders(self, path: Path) -> None:
        for item in json.loads(path.read_text("utf-8"))["cells"]:
            item["source"] = "".join(item["source"])
            if selfcheck._nbgrader_metadata(item):
                assert selfcheck._checksum(item) == compute_checksum(from_dict(item))

    def test_a_changed_locked_cell_is_reported(self) -> None:
        (test,) = (
            c for c in notebook(RIGHT) if c["metadata"]["nbgrader"].get("points") == 2
        )
        test["metadata"]["nbgrader"]["checksum"] = selfcheck._checksum(test)
        assert list(selfcheck._changed_cell_lines([test])) == []
        test["source"] = "pass"
        (line,) = selfcheck._changed_cell_lines([test])
        assert "locked cell twice" in line


# --- in a kernel --------------------------------------------------------------------

Kernel = Callable[..., str]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lesson") / "lesson.ipynb"


@pytest.fixture(scope="module")
def kernel(path: Path) -> Iterator[Kernel]:
    """Run cells in a kernel that is started like JupyterLab starts it for `path`."""
    manager, client = start_new_kernel(
        kernel_name="python3", env=os.environ | {"JPY_SESSION_NAME": str(path)}
    )

    def run(source: str, interactive: bool = True) -> str:
        printed: list[str] = []

        def record(message: dict[str, Any]) -> None:
            assert message["msg_type"] != "error", message["content"]
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        client.execute_interactive(
            source, allow_stdin=interactive, output_hook=record, timeout=60
        )
        return "".join(printed)

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


CHECK = "from cnnlab import check\n\ncheck()"


def save(path: Path, cells: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"cells": cells, "metadata": {}}))


def test_from_blank_to_right(kernel: Kernel, path: Path) -> None:
    save(path, notebook(STUB))
    printed = kernel(CHECK)
    assert "1 of 2 exercises answered. Visible tests: 0 passed, 0 failed." in printed
    assert "blank    Exercise 1 · Twice" in printed
    wrong = RIGHT.replace("2 * x", "3 * x")
    save(path, notebook(wrong))
    assert "not run  Exercise 1 · Twice: run its cell" in kernel(CHECK)
    kernel(wrong)
    assert "fails    Exercise 1 · Twice: twice 2 is 4:\n" in kernel(CHECK)
    save(path, notebook(RIGHT))
    kernel(RIGHT)
    printed = kernel(CHECK)
    assert "2 of 2 exercises answered. Visible tests: 1 passed, 0 failed." in printed
    assert "Ready to submit" in printed
    # Names that the test binds do not stay in the kernel.
    assert kernel("print('got' in globals())") == "False\n"


@pytest.mark.parametrize(
    "test",
    ["raise SystemExit", "assert (", "twice(", "print('x'); 1 / 0", "import nowhere"],
)
def test_no_failing_test_stops_the_check(kernel: Kernel, path: Path, test: str) -> None:
    kernel(RIGHT)
    save(path, notebook(RIGHT, test))
    printed = kernel(CHECK)
    assert "Visible tests: 0 passed, 1 failed." in printed


@pytest.mark.parametrize("content", ["", "[]", '{"cells": [1, {}]}', None])
def test_a_notebook_that_cannot_be_read(
    kernel: Kernel, path: Path, content: str | None
) -> None:
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_text(content)
    kernel(RIGHT)
    kernel("assert twice(1) == 2, 'right'")
    kernel("def twice(x): return x")
    printed = kernel(CHECK)
    assert "could not be read" in printed
    assert "Of the 1 tests that you ran, 1 fail now." in printed
    assert "assert twice(1) == 2, 'right': right" in printed


def test_nothing_is_checked_in_a_batch_run(kernel: Kernel, path: Path) -> None:
    save(path, notebook(STUB))
    assert "nothing was checked" in kernel(CHECK, interactive=False)


COLAB = """
import sys, types
asked = []
def blocking_request(name, timeout_sec):
    asked.append(name)
    return {{"ipynb": {{"cells": {cells!r}}}}}
for name in ("google", "google.colab"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = []
message = types.ModuleType("google.colab._message")
message.blocking_request = blocking_request
sys.modules["google.colab._message"] = sys.modules["google.colab"]._message = message
"""


def test_colab_sends_the_notebook(kernel: Kernel, path: Path) -> None:
    # Colab's module exists only on Colab: this one answers as it does.
    path.unlink(missing_ok=True)
    kernel(COLAB.format(cells=notebook(STUB)))
    printed = kernel(CHECK)
    kernel(
        "for name in [n for n in sys.modules if n.startswith('google')]:\n"
        "    del sys.modules[name]"
    )
    assert "1 of 2 exercises answered" in printed
    assert kernel("print(asked)") == "['get_ipynb']\n"


def test_without_a_kernel(capsys: pytest.CaptureFixture[str]) -> None:
    selfcheck.check()
    assert "nothing was checked" in capsys.readouterr().out
