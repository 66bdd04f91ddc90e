"""Small notebooks that run, fail, show pictures and wait for answers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nbformat

from tests.support.paths import GRADER

SVG = '<svg viewBox="0 0 4 4" aria-label="{alt}"><rect width="4" height="4"/></svg>'
SHOW = "from IPython.display import HTML, display\n"
IMG = "<img alt='a red dot' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
ANSWER = {"grade": False, "solution": True, "locked": False, "grade_id": "double"}
TEST = ANSWER | {
    "grade": True,
    "solution": False,
    "locked": True,
    "grade_id": "double-test",
    "points": 1,
}

ASKING = "from cnnlab.exercises import answered, attempted\n"

# Notebook → its code cells by id; all begin with a text and the parameters.
SOLUTIONS = {
    "good": {
        "size-type": "print(type(size).__name__, size, word)",
        "drawn": SHOW + f"display(HTML({SVG.format(alt='a square')!r}))",
        "dot": f"HTML({IMG!r})",
        "grow": "block = bytearray(120_000_000)",
    },
    "fails": {"divide": "1 / 0", "after": "print('not reached')"},
    "mute": {"mute": SHOW + f"display(HTML({SVG.format(alt='')!r}))"},
    "dies": {"before": "print('here')", "end": "import os\nos._exit(1)"},
    "bare": {"words": "print('no parameters')"},
}
COPIES = {
    "fine": {
        "double": "def double(x):\n    ...  # TODO: your answer here",
        "double-test": ASKING + "if attempted('Exercise 1', double):\n    double(2)",
        "use": ASKING + "if answered('Exercise 1', double):\n    double(2) + 1",
    },
    "faulty": {
        "double": "def double(x):\n    ...  # TODO: your answer here",
        "double-test": "assert double(2) == 4",
        "typo": "pritn(double(2))",
        "elsewhere": "import nowhere_at_all",
    },
}


def notebook(cells: dict[str, str], *, parameters: bool = True) -> str:
    """Return a notebook as JSON text; a cell called double is an answer."""
    raw = nbformat.v4.new_notebook()
    raw.metadata["grader"] = {"folder": "lessons"}
    text = "# A title\n\nwith $a^2$ and ![words](https://nowhere.invalid/a.png)"
    raw.cells.append(nbformat.v4.new_markdown_cell(text, id="title"))
    if parameters:
        profiles = {"smoke": {"size": 2}, "big": {"size": 1000}}
        raw.metadata["grader"]["profiles"] = profiles
        given = nbformat.v4.new_code_cell("size = 10\nword = 'ten'", id="parameters")
        given.metadata["tags"] = ["parameters"]
        raw.cells.append(given)
    for name, source in cells.items():
        cell = nbformat.v4.new_code_cell(source, id=name)
        about = {"double": ANSWER, "double-test": TEST}.get(name)
        if about:
            about = about | {"schema_version": 3, "task": False}
            cell.metadata["nbgrader"] = nbformat.from_dict(about)
        raw.cells.append(cell)
    return str(nbformat.writes(raw))


def make_course(root: Path, folder: str, notebooks: dict[str, dict[str, str]]) -> Path:
    (root / folder).mkdir(parents=True)
    for name, cells in notebooks.items():
        text = notebook(cells, parameters=name != "bare")
        (root / folder / f"{name}.ipynb").write_text(text)
    return root


def grader(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GRADER, *arguments], capture_output=True, text=True, check=False
    )
