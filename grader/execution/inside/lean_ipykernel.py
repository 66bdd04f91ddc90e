"""ipykernel without what no grader asks for: it answers the same, for less work.

The import of its debugger is half of a kernel's start; a thread of its own hands each
request on, for the sake of subshells; each cell waits four times until output has
left that it never made, is read twice, and is hashed character by character.
"""

from __future__ import annotations

import ast
import contextlib
import inspect
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.session import Session
from traitlets import Float, Instance, Type

from grader.execution.inside.output import Line


@contextlib.contextmanager
def _not_installed(name: str) -> Iterator[None]:
    """Have imports of `name` fail, as where it is not installed."""
    before = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before


with _not_installed("debugpy"):
    # Else each kernel would import it when it starts.
    import ipykernel.debugger
    import ipykernel.ipkernel
    from ipykernel.ipkernel import IPythonKernel


_parameters = lru_cache(maxsize=16)(inspect.signature)


def _accepts(method: Callable[..., Any], names: list[str]) -> dict[str, bool]:
    """Say which of `names` a method takes; ipykernel asks that for each cell."""
    taken = _parameters(getattr(method, "__func__", method)).parameters.values()
    more = any(each.kind is each.VAR_KEYWORD for each in taken)
    named = {each.name for each in taken if each.kind in _BY_NAME}
    return {name: more or name in named for name in names}


_BY_NAME = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
# ipykernel has no public hook for what it asks before each cell.
ipykernel.ipkernel._accepts_parameters = _accepts  # type: ignore[attr-defined]  # noqa: SLF001


class NoSubshells:
    """Stands where ipykernel has the thread that serves subshells.

    Asked whether it is there it says no; a cell with ``await`` asks it which thread
    runs cells.
    """

    def __bool__(self) -> bool:
        return False

    @property
    def parent_thread(self) -> threading.Thread:
        return threading.main_thread()


class LeanCompiler(XCachingCompiler):
    """Names cells for tracebacks as ipykernel does, by a hash that takes no time."""

    def get_code_name(
        self,
        raw_code: str,
        code: str,  # noqa: ARG002 - ipykernel's signature
        number: int,  # noqa: ARG002 - ipykernel's signature
    ) -> str:
        digest = zlib.crc32(raw_code.encode("utf-8", "surrogatepass"))
        return f"{get_tmp_directory()}/{digest}.py"


class LeanTransformer(TransformerManager):
    """Looks for IPython's own syntax only in cells that are no Python.

    All of it starts a line, or what is assigned, with a sign that Python has no use
    for there, or ends a line with a question mark: none is in what Python compiles.

    Attributes
    ----------
    python : (str, bool) or None
        The cell last found to be Python, and whether it awaits something at its top
        level. To find that out it was compiled, as IPython does for each cell; it
        has to be done once only, for warnings are shown each time.
    """

    python: tuple[str, bool] | None = None
    _cell_comes = False

    def expect_a_cell(self) -> None:
        """Say that what is read next is a cell, and will be run."""
        self._cell_comes = True

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        comes, self._cell_comes = self._cell_comes, False
        if comes and self.token_transformers == _TOKENS:
            cell = "".join(lines)
            waits = _awaits(cell)
            if waits is not None:
                self.python = cell, waits
                return lines
        read: list[str] = super().do_token_transforms(lines)  # type: ignore[no-untyped-call]
        return read


_TOKENS = TransformerManager().token_transformers


def _awaits(cell: str) -> bool | None:
    """Say whether a cell awaits something at its top level; None for no Python."""
    try:
        code = compile(cell, "<>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return bool(code.co_flags & inspect.CO_COROUTINE)


class LeanShell(ZMQInteractiveShell):
    """A shell that reads a cell once, though ipykernel and IPython both ask for it."""

    input_transformer_manager = Instance(LeanTransformer, ())

    _read: tuple[str, str] | None = None
    _waits: tuple[str, bool] | None = None

    def transform_cell(self, raw_cell: str) -> str:
        if self._read is not None and self._read[0] is raw_cell:
            transformed, self._read = self._read[1], None
        else:
            transformed = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
            self._read = raw_cell, transformed
        return transformed

    def should_run_async(self, raw_cell: str, **read: Any) -> bool:
        """Say whether the cell awaits something at its top level."""
        if self._waits is not None and self._waits[0] is raw_cell:
            waits, self._waits = self._waits[1], None
        else:
            waits = self._found_to_wait(raw_cell, **read)
            self._waits = raw_cell, waits
        return waits

    def _found_to_wait(self, raw_cell: str, **read: Any) -> bool:
        known: tuple[str, bool] | None = self.input_transformer_manager.python
        plain = not read.get("preprocessing_exc_tuple") and self.autoawait
        if plain and known is not None and known[0] == read.get("transformed_cell"):
            return known[1]
        return bool(super().should_run_async(raw_cell, **read))


class _Unhurried:
    """A socket whose messages leave with the next one that is sent in the usual way.

    Each message that is sent so wakes a thread.
    """

    def __init__(self, thread: IOPubThread) -> None:
        self._thread = thread

    def send_multipart(self, *message: Any, **options: Any) -> None:
        # Its public method wakes the thread, which is what has to be avoided here.
        thread = self._thread
        thread._events.append(  # noqa: SLF001
            lambda: thread._really_send(*message, **options)  # noqa: SLF001
        )


class LeanSession(Session):
    """Sends messages as ipykernel does; on a line of ours only what they show."""

    def send(  # type: ignore[override]
        self, stream: Any, message: Any, content: Any = None, *more: Any, **named: Any
    ) -> Any:
        """Send `message`: a whole one, or a kind of message with this `content`."""
        if not isinstance(stream, Line):
            return super().send(stream, message, content, *more, **named)
        if isinstance(message, dict):
            stream.show(message["header"]["msg_type"], message["content"])
        else:
            stream.show(message, content)
        return message


class LeanKernel(IPythonKernel):
    """A kernel without debugger and subshells, and without a rest after each cell."""

    shell_class = Type(LeanShell)
    compiler_class = Type(LeanCompiler)
    _execute_sleep = Float(0.0)

    def _publish_status(self, status: str, channel: str, parent: Any = None) -> None:
        """Say that it is busy together with what it is busy with."""
        if status != "busy" or self.session is None:
            super()._publish_status(status, channel, parent)  # type: ignore[no-untyped-call]
            return
        self.session.send(
            _Unhurried(self.iopub_thread),  # type: ignore[arg-type]
            "status",
            {"execution_state": status},
            parent=parent or self.get_parent(channel),  # type: ignore[no-untyped-call]
            ident=self._topic("status"),  # type: ignore[no-untyped-call]
        )

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def publish_on(self, socket: Any) -> None:
        """Send what is shown to `socket`; the standard streams are in place."""
        self.iopub_socket = socket
        self._stdout, self._stderr = sys.stdout, sys.stderr
        shell: Any = self.shell
        for publisher in (shell.displayhook, shell.display_pub):
            publisher.pub_socket = socket

    async def do_execute(self, code: str, *arguments: Any, **named: Any) -> Any:
        """Run a cell."""
        shell: Any = self.shell
        shell.input_transformer_manager.expect_a_cell()
        return await super().do_execute(code, *arguments, **named)  # type: ignore[no-untyped-call]

    async def poll_stopped_queue(self) -> None:
        """Do nothing: no debugger will stop."""


class LeanStream(OutStream):
    """Standard output or error of a kernel; to flush nothing costs nothing."""

    def flush(self) -> None:
        if self._buffers:
            super().flush()  # type: ignore[no-untyped-call]


__all__ = [
    "LeanCompiler",
    "LeanKernel",
    "LeanSession",
    "LeanShell",
    "LeanStream",
    "NoSubshells",
]
