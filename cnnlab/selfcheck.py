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

from cnnlab.exercises import NotAnswered, raising

__all__ = ["AnswerCheck", "check", "check_answers"]

State = Literal["passes", "fails", "blank", "not run", "answered"]
Cell = Mapping[str, Any]
RunTest = Callable[[str], object]
_DONE = {"passes", "answered"}
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\([\d.]+ points?\)$")
_COLAB_SECONDS = 10
_SAVE = "save it (Ctrl+S), then run this cell again."
_ALL_DONE = (
    "Every exercise is answered, and every visible test passes. They compare a few "
    "worked values; hidden tests use other inputs. Questions are marked after you "
    "submit."
)


@dataclass(frozen=True)
class AnswerCheck:
    """The state of one answer.

    Attributes
    ----------
    title : str
        The heading above the exercise, without its points.
    state : str
        ``"passes"`` or ``"fails"`` its visible test, ``"blank"``, ``"not run"``
        since it was changed, or ``"answered"``: whether it is right is only told after
        you submit, as for all questions, and for answers that a person grades.
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
    *earlier, this_cell = executed
    history = _History(earlier)
    is_old = history.is_newer_than(cells)
    if is_old:
        yield f"Your notebook's file is older than what you ran: {_SAVE}"
    checks = check_answers(cells, executed, _test_runner(shell))
    cells = [cell for cell in cells if _source(cell) != this_cell]
    stopped = tuple(_stopped_cells(cells, history))
    yield from _summary_lines(checks)
    yield from _stopped_lines(stopped)
    yield from _changed_cell_lines(cells)
    if not is_old and not stopped and all(item.state in _DONE for item in checks):
        yield _last_line(cells, history)


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
        Runs the source of a test; raises what the test raises.

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
    answer = None
    for title, cell in _titled(cells):
        if _is_answer(cell):
            answer = cell
            if _nbgrader_metadata(cell).get("grade"):
                # A person grades it: no test follows.
                yield AnswerCheck(title, "blank" if _is_blank(cell) else "answered")
        elif _is_test(cell) and answer is not None:
            yield _check_answer(
                title or _grade_id(cell), answer, cell, executed, run_test
            )


def _titled(cells: Iterable[Cell]) -> Iterator[tuple[str, Cell]]:
    """Yield each cell with the nearest heading above it, without points."""
    title = ""
    for cell in cells:
        headings = _HEADING.findall(_source(cell))
        if cell.get("cell_type") == "markdown" and headings and not _is_answer(cell):
            title = _POINTS.sub("", headings[-1])
        yield title, cell


def _check_answer(
    title: str, answer: Cell, test: Cell, executed: set[str], run_test: RunTest
) -> AnswerCheck:
    if _is_blank(answer):
        return AnswerCheck(title, "blank")
    if _normalized(_source(answer)) not in executed:
        return AnswerCheck(title, "not run", "run its cell, then run this cell again")
    try:
        with raising():
            run_test(_source(test))
    except NotAnswered:
        if error := _saved_error(answer):
            return AnswerCheck(title, "fails", f"its cell stopped with {error}")
        return AnswerCheck(title, "blank")
    except (Exception, SystemExit) as raised:  # noqa: BLE001 - whatever a test raises
        return AnswerCheck(title, "fails", _first_line(raised))
    # Tests of questions look at the form of an answer only.
    return AnswerCheck(title, "answered" if title.startswith("Question") else "passes")


def _summary_lines(checks: tuple[AnswerCheck, ...]) -> Iterator[str]:
    states = [answer.state for answer in checks]
    answered = len(checks) - states.count("blank")
    yield (
        f"{answered} of {len(checks)} answered. Visible tests: "
        f"{states.count('passes')} passed, {states.count('fails')} failed."
    )
    listed = [answer for answer in checks if answer.state not in _DONE]
    width = max((len(answer.state) for answer in listed), default=0)
    for answer in listed:
        message = f": {answer.message}" if answer.message else ""
        yield f"  {answer.state:<{width}}  {answer.title}{message}"
    if count := states.count("answered"):
        answers = "1 answer is" if count == 1 else f"{count} answers are"
        yield f"{answers} marked after you submit."


def _stopped_lines(stopped: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Name the given cells that stopped with an error, each with what is above it."""
    if stopped:
        cells = "1 cell" if len(stopped) == 1 else f"{len(stopped)} cells"
        yield f"{cells} around your answers stopped with an error:"
    for title, error in stopped:
        yield f"  below {title}: {error}"


def _last_line(cells: Iterable[Cell], history: _History) -> str:
    if any(_is_given(cell) and history.ran_since_saved(cell) for cell in cells):
        return f"Some cells ran after your notebook was saved: {_SAVE}"
    return _ALL_DONE


def _stopped_cells(
    cells: Iterable[Cell], history: _History
) -> Iterator[tuple[str, str]]:
    """Yield the exercise above, and the error, of given cells that stopped with one."""
    exercise = ""
    for title, cell in _titled(cells):
        if _is_answer(cell):
            exercise = title
        error = _saved_error(cell)
        if error and _is_given(cell) and not history.ran_since_saved(cell):
            yield exercise or title, error


def _saved_error(cell: Cell) -> str:
    """Return the first line of the error in a cell's saved output."""
    for output in cell.get("outputs", ()):
        if output.get("output_type") == "error":
            return f"{output.get('ename')}: {output.get('evalue')}".split("\n")[0]
    return ""


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


class _History:
    """What was run in the kernel.

    Parameters
    ----------
    executed
        The source of each cell that was run, at the index of its execution count.
    """

    def __init__(self, executed: Iterable[str]) -> None:
        self._executed = [_normalized(source) for source in executed]
        self._last = {source: at for at, source in enumerate(self._executed)}

    def is_newer_than(self, cells: Iterable[Cell]) -> bool:
        """Say whether something was run that the saved notebook does not have."""
        cells = [cell for cell in cells if cell.get("cell_type") == "code"]
        saved = {_normalized(_source(cell)) for cell in cells} | {""}
        new = self._executed[self._count_at_saving(cells) + 1 :]
        return any(source not in saved for source in new)

    def _count_at_saving(self, cells: list[Cell]) -> int:
        """Return the newest execution count in the file; 0 if it is of another kernel.

        It is of this kernel if no count is too high, and one cell is as it was run.
        """
        counts = [cell.get("execution_count") or 0 for cell in cells]
        newest = max(counts, default=0)
        mine = any(map(self._is_as_run, cells)) and newest <= len(self._executed)
        return newest if mine else 0

    def _is_as_run(self, cell: Cell) -> bool:
        count = cell.get("execution_count") or 0
        source = _normalized(_source(cell))
        return 0 < count < len(self._executed) and self._executed[count] == source

    def ran_since_saved(self, cell: Cell) -> bool:
        """Say whether a cell was run, but its saved output is of another run."""
        last = self._last.get(_normalized(_source(cell)))
        return last is not None and last != cell.get("execution_count")


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


def _is_given(cell: Cell) -> bool:
    """Say whether a code cell is the course's: neither an answer nor a test."""
    return cell.get("cell_type") == "code" and not _is_answer(cell) | _is_test(cell)


def _is_blank(cell: Cell) -> bool:
    """Say whether an answer is as it was released, or has neither text nor code."""
    if _nbgrader_metadata(cell).get("checksum") == _checksum(cell):
        return True
    is_code = cell.get("cell_type") == "code"
    return not (_has_code(_source(cell)) if is_code else _source(cell).strip())


def _has_code(source: str) -> bool:
    """Say whether there is any code, besides comments, texts and ``...``."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return True
    return not all(
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for node in body
    )


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

    def run_test(source: str) -> None:
        names = dict(shell.user_ns)
        silent = io.StringIO()
        with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
            code = compile(shell.transform_cell(source), "<test>", "exec")
            exec(code, names)  # noqa: S102 - the notebook's own test

    return run_test


def _first_line(error: BaseException) -> str:
    kind, text = type(error).__name__, str(error).strip()
    if not isinstance(error, AssertionError) or not text:
        text = f"{kind}: {text}".removesuffix(": ")
    return text.split("\n")[0]


def _history_lines(executed: Iterable[str], run_test: RunTest) -> Iterator[str]:
    """Report on the tests that were run, if the notebook's cells cannot be read."""
    sources = filter(_has_assert, dict.fromkeys(map(_normalized, executed)))
    messages = {source: _failure(source, run_test) for source in sources}
    failures = {source: text for source, text in messages.items() if text}
    yield (
        "The cells of this notebook could not be read, so blank answers are not "
        f"listed. Of the {len(messages)} tests that you ran, {len(failures)} fail now."
    )
    for source, text in failures.items():
        yield f"  fails  {source.splitlines()[0]}: {text}"
    yield "To check every answer, save the notebook and run this cell again."


def _failure(test: str, run_test: RunTest) -> str:
    """Return the first line of a test's error; an empty text if it passes."""
    try:
        with raising():
            run_test(test)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a test raises
        return _first_line(error)
    return ""


def _has_assert(source: str) -> bool:
    """Say whether a source is a test: it asserts, or asks if there is an answer."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Assert) or _asks(node) for node in body)


def _asks(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Call)
        and isinstance(node.test.func, ast.Name)
        and node.test.func.id == "attempted"
    )
