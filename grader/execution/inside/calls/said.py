"""Collect what a call prints, warns and logs, for the examiner to repeat.

It is collected while a request is answered, and sent before the answer. A warning is
sent whatever filters the kernel has, and a log record if it passes the kernel's levels:
the examiner applies the test's own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

from grader.execution.wire import messages

# The most that is kept of one request. The rest is dropped, and an event says so.
MAX_CHARS = 1 << 20
MAX_EVENTS = 10_000

Event = list[Any]


class _Said:
    def __init__(self) -> None:
        self.events: list[Event] | None = None
        self.left = MAX_CHARS
        self.process = os.getpid()
        self.listens = False
        self.describe: Callable[[type], Any] = str


_said = _Said()


def begin() -> None:
    """Begin to collect."""
    _said.events = []
    _said.left = MAX_CHARS
    _said.process = os.getpid()
    if _said.listens:
        _warnings.hear()


def pause() -> None:
    """Leave warnings to student code, which runs in a cell again."""
    _warnings.put_back()


def take() -> list[Event]:
    """Return what was collected since the last time, and go on."""
    _flush()
    events, _said.events = _said.events or [], []
    return events


def end() -> list[Event]:
    """Return what was collected since the last time, and stop."""
    events = take()
    _said.events = None
    return events


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - quicker than suppress()
            stream.flush()
        except BaseException:  # noqa: S110 - student code may have replaced it
            pass


def note(kind: str, *content: Any) -> None:
    """Add an event; its text is bounded.

    Parameters
    ----------
    kind
        ``stdout``, ``stderr``, ``warning``, ``log``, or ``cannot``: something that
        cannot be done outside of the test's own process.
    content
        Strings and numbers.
    """
    events = _said.events
    if events is None or _said.process != os.getpid():
        return
    if _said.left <= 0 or len(events) >= MAX_EVENTS:
        if not events or events[-1][0] != "cut":
            events.append(["cut"])
        return
    parts = [_bounded(part) for part in content]
    if kind in ("stdout", "stderr") and events and events[-1][0] == kind:
        events[-1][1] += parts[0]
    else:
        events.append([kind, *parts])


def _bounded(part: Any) -> Any:
    if not isinstance(part, str):
        return part
    text = messages.text(part[: max(_said.left, 0)])
    _said.left -= len(part)
    return text


# --- warnings ----------------------------------------------------------------------


class _Warnings:
    """Collects all warnings, except those that student code has turned into errors.

    The filters are exchanged before the first request and put back before the next
    cell, so that requests in a row cost nothing.
    """

    def __init__(self) -> None:
        self._ours: list[Any] | None = None
        self._before: tuple[Any, Any] = ([], None)

    def hear(self) -> None:
        if self._ours is not None:
            return
        self._before = warnings.filters, warnings.showwarning
        self._ours = [each for each in warnings.filters if each[0] == "error"]
        self._ours.append(("always", None, Warning, None, 0))
        warnings.filters, warnings.showwarning = self._ours, _show
        _mutated()

    def put_back(self) -> None:
        if self._ours is None:
            return
        # Student code may have exchanged them for its own.
        if warnings.filters is self._ours:
            warnings.filters = self._before[0]
        if warnings.showwarning is _show:
            warnings.showwarning = self._before[1]
        self._ours = None
        _mutated()


def _show(message: Any, category: Any, *_: Any, **__: Any) -> None:
    note("warning", _said.describe(category), str(message))


def _mutated() -> None:
    with contextlib.suppress(AttributeError):
        warnings._filters_mutated()  # type: ignore[attr-defined] # noqa: SLF001


_warnings = _Warnings()


# --- logging -----------------------------------------------------------------------

_call_handlers = logging.Logger.callHandlers


def _note_and_call(logger: logging.Logger, record: logging.LogRecord) -> None:
    if _said.events is not None:
        with contextlib.suppress(Exception):
            note("log", record.name, int(record.levelno), record.getMessage())
    _call_handlers(logger, record)


def listen(describe: Callable[[type], Any]) -> None:
    """Collect warnings and log records, too.

    Parameters
    ----------
    describe
        Returns the tree of a warning's class.
    """
    _said.describe = describe
    _said.listens = True
    logging.Logger.callHandlers = _note_and_call  # type: ignore[assignment, method-assign]


__all__ = ["begin", "end", "listen", "note", "pause", "take"]
