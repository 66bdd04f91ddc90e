"""ipykernel without the parts that grading does not need. Results are the same.

In ipykernel itself, importing the debugger takes half of a kernel's start; a thread
that serves subshells passes every request on; and for each cell the kernel waits four
times for output to be sent, although there is none, parses the source twice, and hashes
it character by character.
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

from grader.execution.inside.output import OutputSender


@contextlib.contextmanager
def _not_installed(name: str) -> Iterator[None]:
    """Make imports of `name` fail, as if it were not installed."""
    before = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
        if before is not None:
            sys.modules[name] = before


with _not_installed("debugpy"):
    # Otherwise each kernel would import the debugger when it starts.
    import ipykernel.debugger
    import ipykernel.ipkernel
    from ipykernel.ipkernel import IPythonKernel


_parameters = lru_cache(maxsize=16)(inspect.signature)


def _accepts(method: Callable[..., Any], names: list[str]) -> dict[str, bool]:
    """Say which of `names` a method has as parameters; ipykernel asks for each cell."""
    parameters = _parameters(getattr(method, "__func__", method)).parameters.values()
    any_name = any(item.kind is item.VAR_KEYWORD for item in parameters)
    named = {item.name for item in parameters if item.kind in _BY_NAME}
    return {name: any_name or name in named for name in names}


_BY_NAME = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
# ipykernel has no public way to replace this function, which it calls for each cell.
ipykernel.ipkernel._accepts_parameters = _accepts  # type: ignore[attr-defined]  # noqa: SLF001


class NoSubshells:
    """Replaces ipykernel's thread that serves subshells.

    It is false, so that ipykernel finds no such thread. Cells with ``await`` ask it
    which thread runs cells.
    """

    def __bool__(self) -> bool:
        return False

    @property
    def parent_thread(self) -> threading.Thread:
        return threading.main_thread()


class LeanCompiler(XCachingCompiler):
    """Names cells in tracebacks as ipykernel does, with a hash that is faster."""

    def get_code_name(
        self,
        raw_code: str,
        code: str,  # noqa: ARG002 - ipykernel's signature
        number: int,  # noqa: ARG002 - ipykernel's signature
    ) -> str:
        digest = zlib.crc32(raw_code.encode("utf-8", "surrogatepass"))
        return f"{get_tmp_directory()}/{digest}.py"


class LeanTransformer(TransformerManager):
    """Looks for IPython's own syntax only in cells that are not plain Python.

    In that syntax a line, or an assigned value, starts with a character that Python
    does not allow there, or a line ends with a question mark. So a cell that Python can
    compile has none of it.

    Attributes
    ----------
    python : (str, bool) or None
        The last cell that could be compiled, and whether it uses ``await`` at its top
        level. A cell must be compiled only once, because each time shows its warnings.
    """

    python: tuple[str, bool] | None = None
    _expects_cell = False

    def expect_a_cell(self) -> None:
        """Note that the next source to be transformed is a cell, which will be run."""
        self._expects_cell = True

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        is_cell, self._expects_cell = self._expects_cell, False
        if is_cell and self.token_transformers == _TOKENS:
            cell = "".join(lines)
            waits = _awaits(cell)
            if waits is not None:
                self.python = cell, waits
                return lines
        transformed: list[str] = super().do_token_transforms(lines)  # type: ignore[no-untyped-call]
        return transformed


_TOKENS = TransformerManager().token_transformers


def _awaits(cell: str) -> bool | None:
    """Say whether a cell uses ``await`` at its top level; None if it is not Python."""
    try:
        code = compile(cell, "<>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return bool(code.co_flags & inspect.CO_COROUTINE)


class LeanShell(ZMQInteractiveShell):
    """A shell that parses a cell once, where ipykernel and IPython each ask for it."""

    input_transformer_manager = Instance(LeanTransformer, ())

    _transformed: tuple[str, str] | None = None
    _awaits: tuple[str, bool] | None = None

    def transform_cell(self, raw_cell: str) -> str:
        if self._transformed is not None and self._transformed[0] is raw_cell:
            transformed, self._transformed = self._transformed[1], None
        else:
            transformed = super().transform_cell(raw_cell)  # type: ignore[no-untyped-call]
            self._transformed = raw_cell, transformed
        return transformed

    def should_run_async(self, raw_cell: str, **details: Any) -> bool:
        """Say whether a cell uses ``await`` at its top level.

        Parameters
        ----------
        raw_cell
            The source of the cell.
        details
            As IPython passes them.
        """
        if self._awaits is not None and self._awaits[0] is raw_cell:
            awaits, self._awaits = self._awaits[1], None
        else:
            awaits = self._find_await(raw_cell, **details)
            self._awaits = raw_cell, awaits
        return awaits

    def _find_await(self, raw_cell: str, **details: Any) -> bool:
        compiled: tuple[str, bool] | None = self.input_transformer_manager.python
        plain = not details.get("preprocessing_exc_tuple") and self.autoawait
        cell = details.get("transformed_cell")
        if plain and compiled is not None and compiled[0] == cell:
            return compiled[1]
        return bool(super().should_run_async(raw_cell, **details))


class _DelayedSocket:
    """A socket whose messages are sent together with the next ordinary message.

    An ordinary message wakes ipykernel's sending thread; these do not.
    """

    def __init__(self, thread: IOPubThread) -> None:
        self._thread = thread

    def send_multipart(self, *message: Any, **options: Any) -> None:
        # The public method would wake the thread.
        thread = self._thread
        thread._events.append(  # noqa: SLF001
            lambda: thread._really_send(*message, **options)  # noqa: SLF001
        )


class LeanSession(Session):
    """Sends messages as ipykernel does, but to an `OutputSender` only their output."""

    def send(  # type: ignore[override]
        self, stream: Any, message: Any, content: Any = None, *more: Any, **named: Any
    ) -> Any:
        """Send a message.

        Parameters
        ----------
        stream
            Where to: a ZeroMQ socket, or an `OutputSender`.
        message
            A whole message, or the type of one.
        content
            Of the message, if only its type is given.
        more, named
            As ipykernel passes them.
        """
        if not isinstance(stream, OutputSender):
            return super().send(stream, message, content, *more, **named)
        if isinstance(message, dict):
            stream.show(message["header"]["msg_type"], message["content"])
        else:
            stream.show(message, content)
        return message


class LeanKernel(IPythonKernel):
    """A kernel without debugger and subshells, and without a pause after each cell."""

    shell_class = Type(LeanShell)
    compiler_class = Type(LeanCompiler)
    _execute_sleep = Float(0.0)

    def _publish_status(self, status: str, channel: str, parent: Any = None) -> None:
        """Send the status; ``busy`` is sent with the first output of the cell."""
        if status != "busy" or self.session is None:
            super()._publish_status(status, channel, parent)  # type: ignore[no-untyped-call]
            return
        self.session.send(
            _DelayedSocket(self.iopub_thread),  # type: ignore[arg-type]
            "status",
            {"execution_state": status},
            parent=parent or self.get_parent(channel),  # type: ignore[no-untyped-call]
            ident=self._topic("status"),  # type: ignore[no-untyped-call]
        )

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def publish_on(self, socket: Any) -> None:
        """Send all output to `socket`. The standard streams must be replaced before."""
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
        """Do nothing: there is no debugger."""


class LeanStream(OutStream):
    """Standard output or error of a kernel that does no work to flush nothing."""

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
