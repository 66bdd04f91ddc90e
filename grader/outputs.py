"""Kernel messages → notebook outputs. Pure, and believes nothing.

A student's kernel may send any message at all.
"""

from __future__ import annotations

from typing import Any

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


def append(outputs: list[dict[str, Any]], output: dict[str, Any]) -> None:
    """Add `output`; text of the same stream joins the text before it."""
    last = outputs[-1] if outputs else {}
    if output["output_type"] == "stream" and last.get("name") == output["name"]:
        last["text"] += output["text"]
    else:
        outputs.append(output)


def text(given: Any) -> str:
    """Return `given` as text that can be written to a file as UTF-8."""
    return str(given).encode("utf-8", "replace").decode("utf-8")


def note(message: str) -> dict[str, Any]:
    """Return an output by which the grader says something in the notebook."""
    return {"output_type": "stream", "name": "stderr", "text": message + "\n"}
