"""The kernel as the grader uses it: cells come on one socket, outputs go back.

No ZeroMQ, no signatures, no thread. What runs a cell is ipykernel's own
``do_execute`` in an asyncio loop, so that a cell finds what it would find in a
notebook; only the messages around it are left out.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from tornado.ioloop import IOLoop

from grader.execution.inside import builtins_guard, calls
from grader.execution.inside.ipykernel_app import JailedKernelApp
from grader.execution.inside.output import Line, Stream
from grader.execution.wire import frames

STREAMS = ("stdout", "stderr")
_ERROR_CHARS = 300


class Server:
    """Runs the cells that come on `cells`, one after the other.

    Parameters
    ----------
    app
        Built, and not yet opened.
    cells
        Descriptor on which requests come and outputs go.
    pipes
        Descriptors that stand for standard output and error while a cell runs.
    """

    def __init__(self, app: JailedKernelApp, cells: int, pipes: Sequence[int]) -> None:
        self._cells = cells
        self._line = Line(cells)
        self._process = os.getpid()
        self._nowhere = os.open(os.devnull, os.O_WRONLY)
        self._pipes = pipes
        self._streams = [
            Stream(self._line, name, number)
            for number, name in enumerate(STREAMS, start=1)
        ]
        sys.stdout, sys.stderr = self._streams
        app.open_on(self._line)
        self._kernel = app.kernel
        self._requests: asyncio.Queue[tuple[bytes, str]] = asyncio.Queue()

    def serve(self, call: int) -> NoReturn:
        """Run cells, and answer the examiner's calls in between, until killed."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        self._kernel.io_loop = IOLoop.current()
        loop.add_reader(self._cells, self._receive)
        loop.add_reader(call, calls.serve_one, call, self._kernel.shell.user_ns)
        task = loop.create_task(self._run_all())
        self._line.begin(frames.UP)
        self._line.end([])
        while not task.done():
            # exit() in a cell stops the loop, and ends no notebook.
            loop.run_forever()
        os._exit(1)

    def _receive(self) -> None:
        try:
            (length,) = frames.LENGTH.unpack(
                calls.read(self._cells, frames.LENGTH.size)
            )
            number, _, source = frames.split(calls.read(self._cells, length))
        except EOFError:
            os._exit(0)
        self._requests.put_nowait((number, source.decode("utf-8", "surrogatepass")))

    async def _run_all(self) -> None:
        while True:
            number, source = await self._requests.get()
            self._line.begin(number)
            self._direct(self._pipes)
            reply = await self._run(source)
            builtins_guard.put_back()
            if os.getpid() != self._process:
                # The cell forked, and this is the child at the cell's end.
                os._exit(0)
            for stream in self._streams:
                stream.flush()
            self._direct([self._nowhere] * len(self._pipes))
            self._line.end(reply)

    async def _run(self, source: str) -> list[Any]:
        """Run a cell; return [], or name and text of what it raised."""
        kernel: Any = self._kernel
        kernel.pre_handler_hook()
        try:
            reply = await kernel.do_execute(source, silent=False, store_history=True)
        except BaseException as error:
            return _described(type(error).__name__, error)
        finally:
            kernel.post_handler_hook()
        if reply["status"] == "ok":
            return []
        return _described(reply["ename"], reply["evalue"])

    def _direct(self, descriptors: Sequence[int]) -> None:
        """Have what is written below Python go to `descriptors`."""
        for number, descriptor in enumerate(descriptors, start=1):
            os.dup2(descriptor, number)


def _described(name: str, text: object) -> list[Any]:
    said = (str(part)[:_ERROR_CHARS] for part in (name, text))
    return [part.encode("utf-8", "replace").decode() for part in said]


__all__ = ["Server"]
