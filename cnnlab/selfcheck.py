"""The last cell of a lesson: which answers are blank, which visible tests fail.

Nothing here needs the grader. The notebook is seen where its front end lets it be
seen: Colab hands it over, JupyterLab and VS Code say where its file lies. The
visible tests in it are run again, on a copy of the names in the kernel. Whatever
goes wrong, a line is printed and nothing is raised.
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

__all__ = ["Finding", "check", "findings"]

State = Literal["passes", "fails", "blank", "not run", "no test"]
Run = Callable[[str], "str | None"]
_TODO = "# TODO: your answer here"
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\([\d.]+ points?\)$")
_COLAB_SECONDS = 10


@dataclass(frozen=True)
class Finding:
    """The state of one answer, and the message of a test that fails."""

    title: str
    state: State
    message: str = ""


def check() -> None:
    """Print which answers are still blank, and which visible tests fail.

    It looks at the notebook as it was last saved, and at the names in the kernel.
    It never raises.
    """
    try:
        print("\n".join(_report()))
    except KeyboardInterrupt:
        print("Stopped.")
    except Exception as error:  # noqa: BLE001 - a check may fail, a notebook may not
        print(f"This notebook could not be checked ({type(error).__name__}: {error}).")


def _report() -> Iterator[str]:
    shell = _shell()
    if shell is None or not _somebody_is_there(shell):
        yield "Not running interactively; nothing was checked."
        return
    cells = _cells(shell)
    ran = _ran(shell)
    if cells is None:
        yield from _of_history(ran, _runner(shell))
        return
    found = findings(cells, ran, _runner(shell))
    yield from _said(found)
    yield from _altered(cells)


def findings(
    cells: Iterable[Mapping[str, Any]], ran: Iterable[str], run: Run
) -> tuple[Finding, ...]:
    """Check the answers of a notebook, in their order.

    Parameters
    ----------
    cells
        The notebook's cells, as JSON has them.
    ran
        The sources of all cells that were run.
    run
        Runs a test's source; returns None, or the first line of what it raised.

    Returns
    -------
    tuple of Finding
        One for each answer that has a visible test or is graded by a person.
    """
    return tuple(_findings(list(cells), {_plain(source) for source in ran}, run))


def _findings(
    cells: list[Mapping[str, Any]], ran: set[str], run: Run
) -> Iterator[Finding]:
    title, answer = "", None
    for cell in cells:
        headings = _HEADING.findall(_source(cell))
        if cell.get("cell_type") == "markdown" and headings and not _is_answer(cell):
            title = _POINTS.sub("", headings[-1])
        if _is_answer(cell):
            answer = cell
            if _about(cell).get("grade"):
                # A person grades it: there will be no test.
                yield Finding(title, "blank" if _is_blank(cell) else "no test")
        elif _is_test(cell) and answer is not None:
            yield _finding(title or _name(cell), answer, cell, ran, run)


def _finding(
    title: str,
    answer: Mapping[str, Any],
    test: Mapping[str, Any],
    ran: set[str],
    run: Run,
) -> Finding:
    if _is_blank(answer):
        return Finding(title, "blank")
    if _plain(_source(answer)) not in ran:
        return Finding(title, "not run", "run its cell, then this one again")
    told = run(_source(test))
    return Finding(title, "passes") if told is None else Finding(title, "fails", told)


def _said(found: tuple[Finding, ...]) -> Iterator[str]:
    states = [each.state for each in found]
    answered = len(found) - states.count("blank")
    failing = states.count("fails")
    yield (
        f"{answered} of {len(found)} answered; "
        f"{states.count('passes')} pass their visible tests, {failing} fail."
    )
    width = max(map(len, states), default=0)
    for each in found:
        if each.state not in ("passes", "no test"):
            more = f": {each.message}" if each.message else ""
            yield f"  {each.state:<{width}}  {each.title}{more}"
    if found and set(states) <= {"passes", "no test"}:
        yield "Ready to hand in. Hidden tests ask the same of fresh inputs."


def _altered(cells: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Say which locked cells are not as they were handed out, by their checksums."""
    for cell in cells:
        about = _about(cell)
        known = about.get("checksum")
        if known and _is_locked(about) and known != _checksum(cell):
            yield f"  changed  the locked cell {_name(cell)}: grading restores it"


# --- cells of a notebook, with nbgrader's metadata -----------------------------


def _about(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    found = cell.get("metadata", {}).get("nbgrader", {})
    return found if isinstance(found, Mapping) else {}


def _name(cell: Mapping[str, Any]) -> str:
    return str(_about(cell).get("grade_id", ""))


def _is_answer(cell: Mapping[str, Any]) -> bool:
    return bool(_about(cell).get("solution"))


def _is_test(cell: Mapping[str, Any]) -> bool:
    about = _about(cell)
    graded = about.get("grade") and not about.get("solution")
    return bool(graded) and cell.get("cell_type") == "code"


def _is_locked(about: Mapping[str, Any]) -> bool:
    closed = about.get("grade") or about.get("locked")
    return bool(closed) and not about.get("solution")


def _is_blank(cell: Mapping[str, Any]) -> bool:
    if _about(cell).get("checksum") == _checksum(cell):
        return True
    lines = [line.strip() for line in _source(cell).split("\n")]
    return not any(lines) or f"...  {_TODO}" in lines


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _plain(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def _checksum(cell: Mapping[str, Any]) -> str:
    """Return the checksum that nbgrader writes into a released cell."""
    about = _about(cell)
    facts = [
        _source(cell),
        str(cell.get("cell_type")),
        str(about.get("grade", False)),
        str(about.get("solution", False)),
        str(_is_locked(about)),
        _name(cell),
    ]
    if about.get("grade"):
        facts.append(str(float(about.get("points", 0))))
    return hashlib.md5("".join(facts).encode(), usedforsecurity=False).hexdigest()


# --- the kernel and its front end ----------------------------------------------


def _shell() -> Any:
    with contextlib.suppress(ImportError):
        from IPython import get_ipython

        return get_ipython()
    return None


def _somebody_is_there(shell: Any) -> bool:
    """Say whether a person runs this: papermill and the grader take no input."""
    return bool(getattr(getattr(shell, "kernel", None), "_allow_stdin", False))


def _cells(shell: Any) -> list[Mapping[str, Any]] | None:
    """The notebook's cells, or None where it cannot be seen."""
    for seen in (_of_colab, _of_file):
        with contextlib.suppress(Exception):
            found = seen(shell)
            if any(map(_is_test, found)):
                return list(found)
    return None


def _of_colab(_: Any) -> list[Mapping[str, Any]]:
    from google.colab import _message

    answer = _message.blocking_request("get_ipynb", timeout_sec=_COLAB_SECONDS)
    return list(answer["ipynb"]["cells"])


def _of_file(shell: Any) -> list[Mapping[str, Any]]:
    """The cells in the file that JupyterLab, or VS Code, says is this notebook."""
    named = shell.user_ns.get("__vsc_ipynb_file__") or os.environ["JPY_SESSION_NAME"]
    return list(json.loads(Path(named).read_text(encoding="utf-8"))["cells"])


def _ran(shell: Any) -> list[str]:
    history = shell.history_manager.input_hist_raw
    return [str(source) for source in history]


def _runner(shell: Any) -> Run:
    """Run tests on a copy of the kernel's names, and show nothing of it."""

    def run(source: str) -> str | None:
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

    return run


def _first_line(error: BaseException) -> str:
    kind, text = type(error).__name__, str(error).strip()
    if not isinstance(error, AssertionError) or not text:
        text = f"{kind}: {text}".removesuffix(": ")
    return text.split("\n")[0]


def _of_history(ran: Iterable[str], run: Run) -> Iterator[str]:
    """What can be said of tests that were run, where the notebook cannot be seen."""
    tests = [source for source in dict.fromkeys(map(_plain, ran)) if _asserts(source)]
    told = {source: run(source) for source in tests}
    failed = {source: said for source, said in told.items() if said is not None}
    yield (
        "This notebook cannot be seen from here: of the "
        f"{len(tests)} tests that you ran, {len(failed)} fail now."
    )
    for source, said in failed.items():
        yield f"  fails  {source.splitlines()[0]}: {said}"


def _asserts(source: str) -> bool:
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Assert) for node in body)
