"""Turn what a kernel shows into outputs of a notebook. Pure.

Nothing is trusted: a student's kernel may send anything at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

# What a submission may show in all, in cells that show as much as one cell may.
MOST_FULL_CELLS = 32
KEPT_MIME = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
    "application/json",
)


def output_of(kind: str, content: Any) -> dict[str, Any] | None:
    """Return the notebook output of an iopub message, or None if it has none.

    Parameters
    ----------
    kind
        The message's type, such as ``stream``.
    content
        What it holds; anything at all.
    """
    if not isinstance(content, dict):
        return None
    if kind == "stream":
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        shown = text(content.get("text", ""))
        return {"output_type": "stream", "name": name, "text": shown}
    if kind == "error":
        return _error(content)
    if kind in ("display_data", "execute_result"):
        return _display(kind, content)
    return None


def checked(output: Any) -> dict[str, Any] | None:
    """Check an output that :func:`output_of` made in the jail, by making it again."""
    kind = output.get("output_type") if isinstance(output, dict) else None
    return output_of(kind, output) if isinstance(kind, str) else None


def _error(content: dict[str, Any]) -> dict[str, Any]:
    lines = content.get("traceback")
    return {
        "output_type": "error",
        "ename": text(content.get("ename", ""))[:200],
        "evalue": text(content.get("evalue", ""))[:2000],
        "traceback": [text(x) for x in lines] if isinstance(lines, list) else [],
    }


def _display(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    data = content.get("data")
    kept = data if isinstance(data, dict) else {}
    output: dict[str, Any] = {
        "output_type": kind,
        "data": {mime: text(kept[mime]) for mime in KEPT_MIME if mime in kept},
        "metadata": {},
    }
    if kind == "execute_result":
        output["execution_count"] = None
    return output


class Shown:
    """Collect what one cell shows; text of one stream that follows is joined."""

    def __init__(self) -> None:
        self._outputs: list[dict[str, Any]] = []
        self._parts: list[str] = []

    def add(self, output: dict[str, Any]) -> None:
        """Add an output."""
        if output["output_type"] == "stream":
            self.write(output["name"], output["text"])
        else:
            self._join()
            self._outputs.append(output)

    def write(self, name: str, text: str) -> None:
        """Append text to a stream output.

        Parameters
        ----------
        name
            ``"stdout"`` or ``"stderr"``.
        text
            The text.
        """
        last = self._outputs[-1] if self._outputs else {}
        if last.get("name") != name:
            self._join()
            self._outputs.append({"output_type": "stream", "name": name, "text": ""})
        self._parts.append(text)

    def _join(self) -> None:
        """Write the parts that wait into the last output, which is a stream then.

        Joining each part as it comes would take quadratic time.
        """
        if self._parts:
            self._outputs[-1]["text"] += "".join(self._parts)
            self._parts.clear()

    def all(self) -> tuple[dict[str, Any], ...]:
        """Return the outputs so far."""
        self._join()
        return tuple(self._outputs)


def text(given: Any) -> str:
    """Return anything as text that can be written to a file as UTF-8."""
    return str(given).encode("utf-8", "replace").decode("utf-8")


def stream(name: str, data: bytes) -> dict[str, Any]:
    """Return a stream output of a code cell.

    Parameters
    ----------
    name
        ``"stdout"`` or ``"stderr"``.
    data
        UTF-8; invalid bytes are replaced.
    """
    shown = data.decode("utf-8", "replace")
    return {"output_type": "stream", "name": name, "text": shown}


def note(message: str) -> dict[str, Any]:
    """Return the output that shows a message of the grader in the notebook."""
    return {"output_type": "stream", "name": "stderr", "text": message + "\n"}


class Allowance:
    """Limit what the cells of one submission show in all: there may be thousands.

    Parameters
    ----------
    cell_bytes
        How much one cell may show.
    """

    def __init__(self, cell_bytes: int) -> None:
        self._left = cell_bytes * MOST_FULL_CELLS

    def take(self, shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return a cell's outputs, or a note once the limit is reached."""
        self._left -= sum(len(json.dumps(output)) for output in shown)
        if not shown or self._left >= 0:
            return list(shown)
        return [note("[output left out here: the cells above have shown enough]")]
