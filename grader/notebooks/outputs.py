"""What a kernel shows → notebook outputs. Pure, and believes nothing.

A student's kernel may say anything at all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

# Of one hand-in, in cells that show as much as a cell may.
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
    """Return the notebook output of an iopub message; None if it has none."""
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
    """Return what :func:`output_of` made in the jail, made again out here."""
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
    """What one cell shows, as it comes; neighbouring text of one stream is joined."""

    def __init__(self) -> None:
        self._outputs: list[dict[str, Any]] = []
        self._parts: list[str] = []

    def add(self, output: dict[str, Any]) -> None:
        """Take `output` after the ones before."""
        if output["output_type"] == "stream":
            self.write(output["name"], output["text"])
        else:
            self._join()
            self._outputs.append(output)

    def write(self, name: str, text: str) -> None:
        """Take text of the stream `name`."""
        last = self._outputs[-1] if self._outputs else {}
        if last.get("name") != name:
            self._join()
            self._outputs.append({"output_type": "stream", "name": name, "text": ""})
        self._parts.append(text)

    def _join(self) -> None:
        """Give the last output its text, which is a stream's if any text waits.

        To join each part as it comes takes a time that grows with its square.
        """
        if self._parts:
            self._outputs[-1]["text"] += "".join(self._parts)
            self._parts.clear()

    def all(self) -> tuple[dict[str, Any], ...]:
        """Return the outputs so far."""
        self._join()
        return tuple(self._outputs)


def text(given: Any) -> str:
    """Return `given` as text that can be written to a file as UTF-8."""
    return str(given).encode("utf-8", "replace").decode("utf-8")


def stream(name: str, data: bytes) -> dict[str, Any]:
    """Return the output that shows `data`, text of the stream of that name."""
    shown = data.decode("utf-8", "replace")
    return {"output_type": "stream", "name": name, "text": shown}


def note(message: str) -> dict[str, Any]:
    """Return an output by which the grader says something in the notebook."""
    return {"output_type": "stream", "name": "stderr", "text": message + "\n"}


class Allowance:
    """How much the cells of one hand-in may show in all: they may be thousands."""

    def __init__(self, cell_bytes: int) -> None:
        self._left = cell_bytes * MOST_FULL_CELLS

    def take(self, shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return a cell's outputs, or once all is used up a note in their place."""
        self._left -= sum(len(json.dumps(output)) for output in shown)
        if not shown or self._left >= 0:
            return list(shown)
        return [note("[output left out here: the cells above have shown enough]")]
