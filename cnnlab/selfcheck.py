"""Check the notebook from its last cell: blank answers and failing visible tests.

This module does not need the grader. It gets the notebook's cells from the front
end: Colab sends them; JupyterLab and VS Code name the notebook's file. It runs the
visible tests again on a copy of the kernel's names, so that they change nothing.
`check` always prints a report and never raises.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

__all__ = ["AnswerCheck", "check", "check_answers"]

State = Literal["passes", "fails", "blank", "not run", "no test"]
Cell = Mapping[str, Any]
RunTest = Callable[[str], "str | None"]
_TODO = "# TODO: your answer here"
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\([\d.]+ points?\)$")
_COLAB_SECONDS = 10


@dataclass(frozen=True)
class AnswerCheck:
    """The state of one answer.

    Attributes
    ----------
    title : str
        The heading above the exercise, without its points.
    state : str
        ``"passes"`` or ``"fails"`` its visible test, ``"blank"``, ``"not run"``
        since it was changed, or ``"no test"`` because a person grades it.
    message : str
        Why the test fails, or what to do next; often empty.
    """

    title: str
    state: State
    message: str = ""


def check() -> None:
    """Print which answers are still blank, and which visible tests fail.

    Reads the notebook as it was last saved and uses the names in the kernel. Never
    raises.
    """
    try:
        print("\n".join(_report_lines()))
    except KeyboardInterrupt:
        print("Check stopped. Run this cell again to check your answers.")
    except Exception as error:  # noqa: BLE001 - a failed check must not stop the notebook
        print(
            f"This notebook could not be checked ({type(error).__name__}: {error}).\n"
            "Your answers are unchanged. Save the notebook, restart the kernel, run "
            "all cells and try again."
        )


def _report_lines() -> Iterator[str]:
    shell = _ipython_shell()
    if shell is None or not _is_interactive(shell):
        yield "Not running interactively; nothing was checked."
        return
    cells = _notebook_cells(shell)
    executed = _executed_sources(shell)
    if cells is None:
        yield from _history_lines(executed, _test_runner(shell))
        return
    yield from _summary_lines(check_answers(cells, executed, _test_runner(shell)))
    yield from _changed_cell_lines(cells)


def check_answers(
    cells: Iterable[Cell], executed_sources: Iterable[str], run_test: RunTest
) -> tuple[AnswerCheck, ...]:
    """Check the answers of a notebook, in their order.

    Parameters
    ----------
    cells : iterable of mapping
        The notebook's cells, as in its JSON.
    executed_sources : iterable of str
        The sources of all cells that were run in the kernel.
    run_test : callable
        Runs the source of a test; returns None if it passes, and otherwise the
        first line of the error message.

    Returns
    -------
    tuple of AnswerCheck
        One per answer that has a visible test or is graded by a person.
    """
    executed = {_normalized(source) for source in executed_sources}
    return tuple(_answer_checks(list(cells), executed, run_test))


def _answer_checks(
    cells: list[Cell], executed: set[str], run_test: RunTest
) -> Iterator[AnswerCheck]:
    title, answer = "", None
    for cell in cells:
        headings = _HEADING.findall(_source(cell))
        if cell.get("cell_type") == "markdown" and headings and not _is_answer(cell):
            title = _POINTS.sub("", headings[-1])
        if _is_answer(cell):
            answer = cell
            if _nbgrader_metadata(cell).get("grade"):
                # A person grades it: no test follows.
                yield AnswerCheck(title, "blank" if _is_blank(cell) else "no test")
        elif _is_test(cell) and answer is not None:
            yield _check_answer(
                title or _grade_id(cell), answer, cell, executed, run_test
            )


def _check_answer(
    title: str, answer: Cell, test: Cell, executed: set[str], run_test: RunTest
) -> AnswerCheck:
    if _is_blank(answer):
        return AnswerCheck(title, "blank")
    if _normalized(_source(answer)) not in executed:
        return AnswerCheck(title, "not run", "run its cell, then run this cell again")
    message = run_test(_source(test))
    if message is None:
        return AnswerCheck(title, "passes")
    return AnswerCheck(title, "fails", message)


def _summary_lines(checks: tuple[AnswerCheck, ...]) -> Iterator[str]:
    states = [answer.state for answer in checks]
    answered = len(checks) - states.count("blank")
    yield (
        f"{answered} of {len(checks)} exercises answered. Visible tests: "
        f"{states.count('passes')} passed, {states.count('fails')} failed."
    )
    width = max(map(len, states), default=0)
    for answer in checks:
        if answer.state not in ("passes", "no test"):
            message = f": {answer.message}" if answer.message else ""
            yield f"  {answer.state:<{width}}  {answer.title}{message}"
    if checks and set(states) <= {"passes", "no test"}:
        yield "Ready to submit. Hidden tests will check the same with other inputs."


def _changed_cell_lines(cells: Iterable[Cell]) -> Iterator[str]:
    """Name the locked cells that differ from the released ones, by their checksums."""
    for cell in cells:
        metadata = _nbgrader_metadata(cell)
        checksum = metadata.get("checksum")
        if checksum and _is_locked(metadata) and checksum != _checksum(cell):
            yield (
                f"  changed  the locked cell {_grade_id(cell)}: grading will use the "
                "original, so your change has no effect"
            )


# --- cells of a notebook, with nbgrader's metadata -----------------------------


def _nbgrader_metadata(cell: Cell) -> Mapping[str, Any]:
    metadata = cell.get("metadata", {}).get("nbgrader", {})
    return metadata if isinstance(metadata, Mapping) else {}


def _grade_id(cell: Cell) -> str:
    return str(_nbgrader_metadata(cell).get("grade_id", ""))


def _is_answer(cell: Cell) -> bool:
    return bool(_nbgrader_metadata(cell).get("solution"))


def _is_test(cell: Cell) -> bool:
    metadata = _nbgrader_metadata(cell)
    graded = metadata.get("grade") and not metadata.get("solution")
    return bool(graded) and cell.get("cell_type") == "code"


def _is_locked(metadata: Mapping[str, Any]) -> bool:
    locked = metadata.get("grade") or metadata.get("locked")
    return bool(locked) and not metadata.get("solution")


def _is_blank(cell: Cell) -> bool:
    if _nbgrader_metadata(cell).get("checksum") == _checksum(cell):
        return True
    lines = [line.strip() for line in _source(cell).split("\n")]
    return not any(lines) or f"...  {_TODO}" in lines


def _source(cell: Cell) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _normalized(source: str) -> str:
    """Return `source` without blanks at the ends of lines and empty outer lines."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def _checksum(cell: Cell) -> str:
    """Return the checksum that nbgrader writes into a released cell."""
    metadata = _nbgrader_metadata(cell)
    parts = [
        _source(cell),
        str(cell.get("cell_type")),
        str(metadata.get("grade", False)),
        str(metadata.get("solution", False)),
        str(_is_locked(metadata)),
        _grade_id(cell),
    ]
    if metadata.get("grade"):
        parts.append(str(float(metadata.get("points", 0))))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


# --- the kernel and its front end ----------------------------------------------


def _ipython_shell() -> Any:
    with contextlib.suppress(ImportError):
        from IPython import get_ipython

        return get_ipython()
    return None


def _is_interactive(shell: Any) -> bool:
    """Return whether a person runs this: papermill and the grader allow no input."""
    return bool(getattr(getattr(shell, "kernel", None), "_allow_stdin", False))


def _notebook_cells(shell: Any) -> list[Cell] | None:
    """Return the notebook's cells, or None if they cannot be read."""
    for read_cells in (_cells_from_colab, _cells_from_file):
        with contextlib.suppress(Exception):
            cells = read_cells(shell)
            if any(map(_is_test, cells)):
                return cells
    return None


def _cells_from_colab(_: Any) -> list[Cell]:
    from google.colab import _message

    answer = _message.blocking_request("get_ipynb", timeout_sec=_COLAB_SECONDS)
    return list(answer["ipynb"]["cells"])


def _cells_from_file(shell: Any) -> list[Cell]:
    """Return the cells of the notebook file that JupyterLab or VS Code names."""
    path = shell.user_ns.get("__vsc_ipynb_file__") or os.environ["JPY_SESSION_NAME"]
    return list(json.loads(Path(path).read_text(encoding="utf-8"))["cells"])


def _executed_sources(shell: Any) -> list[str]:
    history = shell.history_manager.input_hist_raw
    return [str(source) for source in history]


def _test_runner(shell: Any) -> RunTest:
    """Return a function that runs tests silently on a copy of the kernel's names."""

    def run_test(source: str) -> str | None:
        names = dict(shell.user_ns)
        silent = io.StringIO()
        try:
            with (
                contextlib.redirect_stdout(silent),
                contextlib.redirect_stderr(silent),
            ):
                code = compile(shell.transform_cell(source), "<test>", "exec")
                exec(code, names)  # noqa: S102 - the notebook's own test
        except (Exception, SystemExit) as error:  # noqa: BLE001
            return _first_line(error)
        return None

    return run_test


def _first_line(error: BaseException) -> str:
    kind, text = type(error).__name__, str(error).strip()
    if not isinstance(error, AssertionError) or not text:
        text = f"{kind}: {text}".removesuffix(": ")
    return text.split("\n")[0]


def _history_lines(executed: Iterable[str], run_test: RunTest) -> Iterator[str]:
    """Report on the tests that were run, if the notebook's cells cannot be read."""
    sources = dict.fromkeys(map(_normalized, executed))
    messages = {source: run_test(source) for source in sources if _has_assert(source)}
    failures = {source: text for source, text in messages.items() if text is not None}
    yield (
        "The cells of this notebook could not be read, so blank answers are not "
        f"listed. Of the {len(messages)} tests that you ran, {len(failures)} fail now."
    )
    for source, text in failures.items():
        yield f"  fails  {source.splitlines()[0]}: {text}"
    yield "To check every answer, save the notebook and run this cell again."


def _has_assert(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Assert) for node in body)
