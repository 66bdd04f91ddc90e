"""Write the output folder of a run.

::

    NAME.ipynb, NAME.html    each notebook with its outputs
    figures/NAME/            its pictures
    index.html               all pictures, with their alt text
    junit.xml                a test case for each notebook
    run.json                 times, memory, where notebooks stopped
    kernels.log              what kernels printed outside of cells
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader.authoring.run import figures
from grader.authoring.run.figures import Picture
from grader.authoring.run.html import Entry, index
from grader.authoring.run.outcome import Executed, Outcome
from grader.reports import junit

INDEX, JUNIT, SUMMARY = "index.html", "junit.xml", "run.json"


def write_notebook(executed: Executed, outcome: Outcome, output: Path) -> Entry:
    """Write one notebook, its page and its pictures; return its entry for the index.

    Parameters
    ----------
    executed, outcome
        The notebook with its outputs, and how its run went.
    output
        The folder to write to; it is created if it does not exist.
    """
    output.mkdir(parents=True, exist_ok=True)
    name = outcome.name
    (output / f"{name}.ipynb").write_text(executed.notebook, encoding="utf-8")
    (output / f"{name}.html").write_text(executed.page, encoding="utf-8")
    shown = figures.pictures(json.loads(executed.notebook)["cells"])
    return Entry(outcome, tuple(_write_pictures(list(shown), name, output)))


def _write_pictures(
    shown: Sequence[Picture], name: str, output: Path
) -> Iterator[tuple[Picture, str]]:
    folder = output / "figures" / name
    shutil.rmtree(folder, ignore_errors=True)
    for count, picture in enumerate(shown, start=1):
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{count:02}-{picture.cell}.{picture.suffix}"
        file.write_bytes(picture.content)
        yield picture, file.relative_to(output).as_posix()


def write_summary(
    entries: Sequence[Entry], output: Path, about: Mapping[str, Any]
) -> None:
    """Write index, JUnit XML and ``run.json``.

    Parameters
    ----------
    entries
        The notebooks, in the order they are to be shown.
    output
        The folder to write to.
    about
        Name and value of each fact about the whole run.
    """
    outcomes = [entry.outcome for entry in entries]
    page = index(entries, about)
    (output / INDEX).write_text(page, encoding="utf-8")
    suite = junit.document("notebooks", map(case, outcomes))
    (output / JUNIT).write_text(suite, encoding="utf-8")
    text = json.dumps(summary(outcomes), indent=2, ensure_ascii=False)
    (output / SUMMARY).write_text(text + "\n", encoding="utf-8")


def case(outcome: Outcome) -> junit.JUnitCase:
    """Return the test case of one notebook."""
    failures = tuple(
        (f"{stop.place}: {stop.error}", stop.traceback or stop.error)
        for stop in outcome.failures
    )
    notes = [f"{s.place}: {s.error} ({s.excuse})" for s in outcome.excused]
    folder = Path(outcome.path).parent.as_posix()
    return junit.JUnitCase(
        folder, outcome.name, outcome.seconds, failures, "\n".join(notes)
    )


def summary(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """Return a run as plain data, for ``run.json`` and ``--json``."""
    return {"notebooks": [_row(outcome) for outcome in outcomes]}


def _row(outcome: Outcome) -> dict[str, Any]:
    row = asdict(outcome)
    row["stops"] = [
        {key: stop[key] for key in ("number", "cell", "error", "excuse")}
        for stop in row["stops"]
    ]
    return row | {
        "passed": not outcome.failures,
        "seconds": round(outcome.seconds, 2),
        "peak_mb": round(outcome.peak_mb, 1),
    }


def last_seconds(output: Path) -> dict[str, float]:
    """Return how long each notebook took the last time it was run to `output`."""
    try:
        rows = json.loads((output / SUMMARY).read_text(encoding="utf-8"))["notebooks"]
        return {str(row["name"]): float(row["seconds"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


__all__ = ["INDEX", "JUNIT", "case", "last_seconds", "summary", "write_notebook"]
__all__ += ["SUMMARY", "write_summary"]
