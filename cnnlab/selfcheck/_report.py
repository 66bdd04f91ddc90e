"""The report of `check`: which answers are blank, and which visible tests fail."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from cnnlab.exercises import raising
from cnnlab.selfcheck._answers import AnswerCheck, check_answers, first_line
from cnnlab.selfcheck._cells import (
    Cell,
    compute_checksum,
    grade_id,
    is_answer,
    is_given,
    is_locked,
    nbgrader_metadata,
    normalized,
    saved_error,
    source_of,
    titled,
)
from cnnlab.selfcheck._front_end import (
    RunTest,
    executed_sources,
    ipython_shell,
    is_interactive,
    notebook_cells,
    silent_runner,
)
from cnnlab.selfcheck._history import History

__all__ = ["changed_cell_lines", "check"]

_DONE = {"passes", "answered"}
_SAVE = "save it (Ctrl+S), then run this cell again."
_ALL_DONE = (
    "Every exercise is answered, and every visible test passes. They compare a few "
    "worked values; hidden tests use other inputs. Questions are marked after you "
    "submit."
)


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
    shell = ipython_shell()
    if shell is None or not is_interactive(shell):
        yield "Not running interactively; nothing was checked."
        return
    cells = notebook_cells(shell)
    executed = executed_sources(shell)
    if cells is None:
        yield from _history_lines(executed, silent_runner(shell))
        return
    *earlier, this_cell = executed
    history = History(earlier)
    is_old = history.is_newer_than(cells)
    if is_old:
        yield f"Your notebook's file is older than what you ran: {_SAVE}"
    checks = check_answers(cells, executed, silent_runner(shell))
    cells = [cell for cell in cells if source_of(cell) != this_cell]
    stopped = tuple(_stopped_cells(cells, history))
    yield from _summary_lines(checks)
    yield from _stopped_lines(stopped)
    yield from changed_cell_lines(cells)
    if not is_old and not stopped and all(item.state in _DONE for item in checks):
        yield _last_line(cells, history)


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


def _last_line(cells: Iterable[Cell], history: History) -> str:
    if any(is_given(cell) and history.ran_since_saved(cell) for cell in cells):
        return f"Some cells ran after your notebook was saved: {_SAVE}"
    return _ALL_DONE


def _stopped_cells(
    cells: Iterable[Cell], history: History
) -> Iterator[tuple[str, str]]:
    """Yield the exercise above, and the error, of given cells that stopped with one."""
    exercise = ""
    for title, cell in titled(cells):
        if is_answer(cell):
            exercise = title
        error = saved_error(cell)
        if error and is_given(cell) and not history.ran_since_saved(cell):
            yield exercise or title, error


def changed_cell_lines(cells: Iterable[Cell]) -> Iterator[str]:
    """Name the locked cells that differ from the released ones, by their checksums."""
    for cell in cells:
        metadata = nbgrader_metadata(cell)
        checksum = metadata.get("checksum")
        if checksum and is_locked(metadata) and checksum != compute_checksum(cell):
            yield (
                f"  changed  the locked cell {grade_id(cell)}: grading will use the "
                "original, so your change has no effect"
            )


def _history_lines(executed: Iterable[str], run_test: RunTest) -> Iterator[str]:
    """Report on the tests that were run, if the notebook's cells cannot be read."""
    sources = filter(_has_assert, dict.fromkeys(map(normalized, executed)))
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
        return first_line(error)
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
