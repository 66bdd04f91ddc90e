"""The self-check in the last cell of a lesson: what it prints in a real kernel."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel
from nbformat import from_dict
from nbgrader.utils import compute_checksum

from cnnlab import selfcheck
from cnnlab.exercises import NotAnswered
from cnnlab.selfcheck import AnswerCheck, _cells, _report, check_answers
from cnnlab.selfcheck._history import History
from tests.support.paths import ROOT

COPIES = sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*.ipynb")])
HEADING = "### Exercise 1 · Twice (2 points)"
STUB = "def twice(x):\n    ...  # TODO: your answer here"
RIGHT = "def twice(x):\n    return 2 * x"
TEST = (
    "from cnnlab.exercises import attempted\n"
    'if attempted("Exercise 1", twice):\n'
    "    got = twice(2)\n"
    '    assert got == 4, "twice 2 is 4:\\nsee above"'
)
CHECK = "from cnnlab import check\n\ncheck()"


def cell(source: str, kind: str = "code", **nbgrader: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": "twice", **nbgrader}} if nbgrader else {}
    return {"cell_type": kind, "metadata": metadata, "source": source}


def given(source: str, error: str = "", count: int | None = None) -> dict[str, Any]:
    """Return a cell of the course, as it is saved after it was run."""
    outputs = [{"output_type": "error", "ename": "AssertionError", "evalue": error}]
    ran = {"execution_count": count, "outputs": outputs if error else []}
    return cell(source) | ran


def notebook(
    answer: str, test: str = TEST, more: Iterable[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    return [
        cell(HEADING, "markdown", locked=True),
        cell(answer, solution=True),
        cell(test, grade=True, locked=True, points=2),
        cell("### Exercise 2 · Why (1 point)", "markdown", locked=True),
        cell("Because.", "markdown", solution=True, grade=True, points=1),
        *more,
        cell(CHECK),
    ]


def outcome(
    answer: str, error: BaseException | None = None, executed: bool = True
) -> AnswerCheck:
    def run_test(source: str) -> None:
        if error is not None:
            raise error

    history = [answer + "  \n"] if executed else []
    first, second = check_answers(notebook(answer), history, run_test)
    assert second == AnswerCheck("Exercise 2 · Why", "answered")
    assert first.title == "Exercise 1 · Twice"
    return first


class TestCheckAnswers:
    def test_an_answer_is_blank_not_run_failing_or_passing(self) -> None:
        assert outcome(STUB, NotAnswered()).state == "blank"
        assert outcome("").state == "blank"
        assert outcome("# later\n...").state == "blank"
        assert outcome(RIGHT).state == "passes"
        assert outcome(RIGHT, executed=False).state == "not run"
        failed = outcome(RIGHT, AssertionError("twice 2 is 4\nsee above"))
        assert (failed.state, failed.message) == ("fails", "twice 2 is 4")

    def test_the_todo_line_may_stay(self) -> None:
        assert outcome(f"{RIGHT}\n    ...  # TODO: your answer here").state == "passes"

    def test_an_unchanged_answer_is_not_tested(self) -> None:
        def run(source: str) -> None:
            raise AssertionError(source)

        cells = notebook(STUB)
        label = cells[1]["metadata"]["nbgrader"]
        label["checksum"] = _cells.compute_checksum(cells[1])
        assert check_answers(cells, [STUB], run)[0].state == "blank"

    def test_of_questions_only_the_form_is_tested(self) -> None:
        cells = [cell("### Question 1 · Which (1 point)", "markdown", locked=True)]
        cells += notebook('answer_q1 = "B"')[1:3]
        (found,) = check_answers(cells, ['answer_q1 = "B"'], lambda source: None)
        assert found == AnswerCheck("Question 1 · Which", "answered")

    def test_no_answer_because_its_cell_stopped(self) -> None:
        def run_test(source: str) -> None:
            raise NotAnswered

        cells = notebook("x = 1 / 0")
        cells[1] |= given("x = 1 / 0", "division by zero")
        cells[1]["metadata"] = {"nbgrader": {"solution": True}}
        first, _ = check_answers(cells, ["x = 1 / 0"], run_test)
        assert first.state == "fails"
        assert first.message == "its cell stopped with AssertionError: division by zero"

    @pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
    def test_all_answers_of_a_student_copy_are_blank(self, path: Path) -> None:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        checks = check_answers(cells, [], lambda source: None)
        assert len(checks) > 5
        assert {check.state for check in checks} == {"blank"}
        assert len({check.title for check in checks}) == len(checks)
        assert list(_report.changed_cell_lines(cells)) == []

    @pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
    def test_checksums_are_the_same_as_nbgraders(self, path: Path) -> None:
        for item in json.loads(path.read_text("utf-8"))["cells"]:
            item["source"] = "".join(item["source"])
            if _cells.nbgrader_metadata(item):
                assert _cells.compute_checksum(item) == compute_checksum(
                    from_dict(item)
                )

    def test_a_changed_locked_cell_is_reported(self) -> None:
        test = notebook(RIGHT)[2]
        test["metadata"]["nbgrader"]["checksum"] = _cells.compute_checksum(test)
        assert list(_report.changed_cell_lines([test])) == []
        test["source"] = "pass"
        (line,) = _report.changed_cell_lines([test])
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


@pytest.fixture(autouse=True)
def _empty_history(request: pytest.FixtureRequest) -> None:
    if "kernel" in request.fixturenames:
        run: Kernel = request.getfixturevalue("kernel")
        run("get_ipython().history_manager.input_hist_raw[:] = ['']")


def save(path: Path, cells: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"cells": cells, "metadata": {}}))


def next_count(kernel: Kernel) -> int:
    """Return the execution count that the next cell will have."""
    return int(kernel("print(len(get_ipython().history_manager.input_hist_raw))"))


def test_from_blank_to_right(kernel: Kernel, path: Path) -> None:
    save(path, notebook(STUB))
    kernel(STUB)
    printed = kernel(CHECK)
    assert "1 of 2 answered. Visible tests: 0 passed, 0 failed." in printed
    assert "blank  Exercise 1 · Twice" in printed
    assert "not answered yet" not in printed
    wrong = RIGHT.replace("2 * x", "3 * x")
    save(path, notebook(wrong))
    assert "not run  Exercise 1 · Twice: run its cell" in kernel(CHECK)
    kernel(wrong)
    assert "fails  Exercise 1 · Twice: twice 2 is 4:\n" in kernel(CHECK)
    count = next_count(kernel)
    kernel(RIGHT)
    cells = notebook(RIGHT)
    cells[1]["execution_count"] = count
    save(path, cells)
    printed = kernel(CHECK)
    assert "2 of 2 answered. Visible tests: 1 passed, 0 failed." in printed
    assert "1 answer is marked after you submit." in printed
    assert "Every exercise is answered, and every visible test passes." in printed
    # Names that the test binds do not stay in the kernel.
    assert kernel("print('got' in globals())") == "False\n"


OLD = "Your notebook's file is older than what you ran: save it (Ctrl+S)"
DONE = "Every exercise is answered"


def test_a_file_that_is_older_than_what_was_run(kernel: Kernel, path: Path) -> None:
    save(path, notebook(STUB))
    kernel(RIGHT)  # typed and run, but not saved
    assert kernel(CHECK).startswith(OLD)
    save(path, notebook(RIGHT))
    printed = kernel(CHECK)
    assert DONE in printed
    assert "older" not in printed


def test_the_cells_around_the_answers_count(kernel: Kernel, path: Path) -> None:
    def saved(error: str, count: int | None) -> str:
        save(path, notebook(RIGHT, more=[given("compare = 1", error, count)]))
        return kernel(CHECK)

    kernel(RIGHT)
    printed = saved("not equal\nMax difference: 2", 9_999)
    assert "1 cell around your answers stopped with an error:\n" in printed
    assert "  below Exercise 2 · Why: AssertionError: not equal\n" in printed
    assert DONE not in printed
    kernel("compare = 1")  # repaired, but not saved
    printed = saved("not equal", 9_999)
    assert "stopped" not in printed
    assert "ran after your notebook was saved: save it (Ctrl+S)" in printed
    assert DONE not in printed
    count = next_count(kernel)
    kernel("compare = 1")
    assert DONE in saved("", count)


class TestHistory:
    """Whether something was run since the notebook was saved."""

    @staticmethod
    def newer(executed: list[str], *cells: tuple[str, int | None]) -> bool:
        history = History(["", *executed])
        return history.is_newer_than([given(text, "", n) for text, n in cells])

    def test_saved_after_running(self) -> None:
        assert not self.newer(["a", "b"], ("a", 1), ("b", 2))
        assert not self.newer(["a", "b"], ("a", None), ("b  ", None))
        assert not self.newer([], ("a", 7))

    def test_changed_after_running_and_then_saved(self) -> None:
        assert not self.newer(["a", "b"], ("a", 1), ("changed", 2))

    def test_run_after_saving(self) -> None:
        assert self.newer(["a", "b", "new b"], ("a", 1), ("b", 2))
        assert self.newer(["a", "new b"], ("a", None), ("b", None))

    def test_saved_before_the_kernel_was_restarted(self) -> None:
        assert self.newer(["a", "new b"], ("a", 61), ("b", 62))
        assert self.newer(["new b"], ("a", 1), ("b", 1))


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
    kernel(STUB)
    kernel(COLAB.format(cells=notebook(STUB)))
    printed = kernel(CHECK)
    kernel(
        "for name in [n for n in sys.modules if n.startswith('google')]:\n"
        "    del sys.modules[name]"
    )
    assert "1 of 2 answered" in printed
    assert kernel("print(asked)") == "['get_ipynb']\n"


def test_without_a_kernel(capsys: pytest.CaptureFixture[str]) -> None:
    selfcheck.check()
    assert "nothing was checked" in capsys.readouterr().out
