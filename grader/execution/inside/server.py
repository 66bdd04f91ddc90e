"""The grader's own kernel: it receives cells on one socket, and sends outputs back.

It needs no ZeroMQ, signatures or threads. Cells are run by ipykernel's own
``do_execute`` in an asyncio loop, so that they find the same environment as in a
notebook; only Jupyter's messages are left out.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from tornado.ioloop import IOLoop

from grader.execution.inside import builtins_guard, work_folder
from grader.execution.inside.calls import line, said, serving
from grader.execution.inside.ipykernel_app import JailedKernelApp
from grader.execution.inside.output import OutputSender, Stream
from grader.execution.wire import frames

STREAMS = ("stdout", "stderr")
_ERROR_CHARS = 300


class Server:
    """Runs the cells that the grader sends, one after the other.

    Parameters
    ----------
    app
        ipykernel's application, built and not yet opened.
    cells
        Descriptor of the socket that carries requests and outputs.
    pipes
        Descriptors to which C code writes standard output and error while a cell runs.
    """

    def __init__(self, app: JailedKernelApp, cells: int, pipes: Sequence[int]) -> None:
        self._cells = cells
        self._sender = OutputSender(cells)
        self._process = os.getpid()
        self._nowhere = os.open(os.devnull, os.O_WRONLY)
        self._pipes = pipes
        self._streams = [
            Stream(self._sender, name, number)
            for number, name in enumerate(STREAMS, start=1)
        ]
        sys.stdout, sys.stderr = self._streams
        app.open_on(self._sender)
        self._kernel = app.kernel
        self._requests: asyncio.Queue[tuple[bytes, str]] = asyncio.Queue()

    def serve(self, call: int) -> NoReturn:
        """Run cells, and answer the examiner's calls between them, until killed."""
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        self._kernel.io_loop = IOLoop.current()
        loop.add_reader(self._cells, self._receive)
        loop.add_reader(call, serving.serve_one, call, self._kernel.shell.user_ns)
        task = loop.create_task(self._run_all())
        self._sender.begin(frames.UP)
        self._sender.end([])
        while not task.done():
            # exit() in a cell stops the loop, but does not end a notebook.
            loop.run_forever()
        os._exit(1)

    def _receive(self) -> None:
        try:
            (length,) = frames.LENGTH.unpack(line.read(self._cells, frames.LENGTH.size))
            number, _, source = frames.split(line.read(self._cells, length))
        except EOFError:
            os._exit(0)
        self._requests.put_nowait((number, source.decode("utf-8", "surrogatepass")))

    async def _run_all(self) -> None:
        while True:
            number, source = await self._requests.get()
            self._sender.begin(number)
            self._redirect(self._pipes)
            said.pause()
            reply = await self._run(source)
            builtins_guard.put_back()
            if os.getpid() != self._process:
                # The cell has forked, and this is the child, at the end of the cell.
                os._exit(0)
            for stream in self._streams:
                stream.flush()
            self._redirect([self._nowhere] * len(self._pipes))
            self._sender.end(reply)

    async def _run(self, source: str) -> list[Any]:
        """Run a cell; return [], or name and text of the error that it raised."""
        kernel: Any = self._kernel
        work_folder.look_again()
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

    def _redirect(self, descriptors: Sequence[int]) -> None:
        """Make C code write its output to `descriptors`."""
        for number, descriptor in enumerate(descriptors, start=1):
            os.dup2(descriptor, number)


def _described(name: str, text: object) -> list[Any]:
    parts = (str(part)[:_ERROR_CHARS] for part in (name, text))
    return [part.encode("utf-8", "replace").decode() for part in parts]


__all__ = ["Server"]
