"""The last cell of a lesson: what it tells in a real kernel; it never fails."""

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
from cnnlab.selfcheck import Finding, findings
from tests.support.paths import ROOT

COPIES = sorted([*ROOT.glob("lessons/*.ipynb"), *ROOT.glob("labs/*.ipynb")])
HEADING = "### Exercise 1 · Twice (2 points)"
STUB = "def twice(x):\n    ...  # TODO: your answer here"
RIGHT = "def twice(x):\n    return 2 * x"
TEST = 'got = twice(2)\nassert got == 4, "twice 2 is 4:\\nsee above"'


def cell(source: str, kind: str = "code", **about: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": "twice", **about}} if about else {}
    return {"cell_type": kind, "metadata": metadata, "source": source}


def notebook(answer: str, test: str = TEST) -> list[dict[str, Any]]:
    return [
        cell(HEADING, "markdown", locked=True),
        cell(answer, solution=True),
        cell(test, grade=True, locked=True, points=2),
        cell("### Exercise 2 · Why (1 point)", "markdown", locked=True),
        cell("Because.", "markdown", solution=True, grade=True, points=1),
    ]


def outcome(answer: str, told: str | None = None, ran: bool = True) -> Finding:
    history = [answer + "  \n"] if ran else []
    first, second = findings(notebook(answer), history, lambda source: told)
    assert second == Finding("Exercise 2 · Why", "no test")
    assert first.title == "Exercise 1 · Twice"
    return first


class TestFindings:
    def test_each_state(self) -> None:
        assert outcome(STUB).state == "blank"
        assert outcome("").state == "blank"
        assert outcome(RIGHT).state == "passes"
        assert outcome(RIGHT, ran=False).state == "not run"
        failed = outcome(RIGHT, "twice 2 is 4")
        assert (failed.state, failed.message) == ("fails", "twice 2 is 4")

    def test_a_blank_answer_is_not_tried(self) -> None:
        def run(source: str) -> str | None:
            raise AssertionError(source)

        assert findings(notebook(STUB), [STUB], run)[0].state == "blank"

    @pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
    def test_a_copy_as_handed_out_is_all_blank(self, path: Path) -> None:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        found = findings(cells, [], lambda source: None)
        assert len(found) > 5
        assert {each.state for each in found} == {"blank"}
        assert len({each.title for each in found}) == len(found)
        assert list(selfcheck._altered(cells)) == []

    @pytest.mark.parametrize("path", COPIES, ids=lambda path: path.stem)
    def test_checksums_are_nbgraders(self, path: Path) -> None:
        for each in json.loads(path.read_text("utf-8"))["cells"]:
            each["source"] = "".join(each["source"])
            if selfcheck._about(each):
                assert selfcheck._checksum(each) == compute_checksum(from_dict(each))

    def test_a_changed_test_is_told(self) -> None:
        (test,) = (
            c for c in notebook(RIGHT) if c["metadata"]["nbgrader"].get("points") == 2
        )
        test["metadata"]["nbgrader"]["checksum"] = selfcheck._checksum(test)
        assert list(selfcheck._altered([test])) == []
        test["source"] = "pass"
        (told,) = selfcheck._altered([test])
        assert "locked cell twice" in told


# --- in a kernel --------------------------------------------------------------------

Kernel = Callable[..., str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lesson") / "lesson.ipynb"


@pytest.fixture(scope="module")
def kernel(place: Path) -> Iterator[Kernel]:
    """Run cells in a kernel that JupyterLab has started for the notebook `place`."""
    manager, client = start_new_kernel(
        kernel_name="python3", env=os.environ | {"JPY_SESSION_NAME": str(place)}
    )

    def run(source: str, person: bool = True) -> str:
        printed: list[str] = []

        def take(message: dict[str, Any]) -> None:
            assert message["msg_type"] != "error", message["content"]
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        client.execute_interactive(
            source, allow_stdin=person, output_hook=take, timeout=60
        )
        return "".join(printed)

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


CHECK = "from cnnlab import check\n\ncheck()"


def saved(place: Path, cells: list[dict[str, Any]]) -> None:
    place.write_text(json.dumps({"cells": cells, "metadata": {}}))


def test_from_blank_to_right(kernel: Kernel, place: Path) -> None:
    saved(place, notebook(STUB))
    said = kernel(CHECK)
    assert "1 of 2 answered; 0 pass their visible tests, 0 fail." in said
    assert "blank    Exercise 1 · Twice" in said
    wrong = RIGHT.replace("2 * x", "3 * x")
    saved(place, notebook(wrong))
    assert "not run  Exercise 1 · Twice: run its cell" in kernel(CHECK)
    kernel(wrong)
    assert "fails    Exercise 1 · Twice: twice 2 is 4:\n" in kernel(CHECK)
    saved(place, notebook(RIGHT))
    kernel(RIGHT)
    said = kernel(CHECK)
    assert "2 of 2 answered; 1 pass their visible tests, 0 fail." in said
    assert "Ready to hand in" in said
    # The test's own names are not left behind.
    assert kernel("print('got' in globals())") == "False\n"


@pytest.mark.parametrize(
    "test",
    ["raise SystemExit", "assert (", "twice(", "print('x'); 1 / 0", "import nowhere"],
)
def test_no_test_can_stop_it(kernel: Kernel, place: Path, test: str) -> None:
    kernel(RIGHT)
    saved(place, notebook(RIGHT, test))
    said = kernel(CHECK)
    assert "0 pass their visible tests, 1 fail" in said


@pytest.mark.parametrize("content", ["", "[]", '{"cells": [1, {}]}', None])
def test_a_notebook_that_cannot_be_seen(
    kernel: Kernel, place: Path, content: str | None
) -> None:
    place.unlink(missing_ok=True)
    if content is not None:
        place.write_text(content)
    kernel(RIGHT)
    kernel("assert twice(1) == 2, 'right'")
    kernel("def twice(x): return x")
    said = kernel(CHECK)
    assert "cannot be seen from here" in said
    assert "assert twice(1) == 2, 'right': right" in said


def test_nobody_is_told_in_a_batch(kernel: Kernel, place: Path) -> None:
    saved(place, notebook(STUB))
    assert "nothing was checked" in kernel(CHECK, person=False)


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


def test_colab_hands_the_notebook_over(kernel: Kernel, place: Path) -> None:
    # Colab's own module exists nowhere else: this is how it answers.
    place.unlink(missing_ok=True)
    kernel(COLAB.format(cells=notebook(STUB)))
    said = kernel(CHECK)
    kernel(
        "for name in [n for n in sys.modules if n.startswith('google')]:\n"
        "    del sys.modules[name]"
    )
    assert "1 of 2 answered" in said
    assert kernel("print(asked)") == "['get_ipynb']\n"


def test_without_a_kernel(capsys: pytest.CaptureFixture[str]) -> None:
    selfcheck.check()
    assert "nothing was checked" in capsys.readouterr().out
