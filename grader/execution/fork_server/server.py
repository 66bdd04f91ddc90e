"""The fork server process: it has imported a lesson's modules, and has run no cell.

It listens on a Unix socket of type ``SOCK_SEQPACKET`` in a folder of its own. A request
is ``{"entry": "package.module:function", "payload": …}`` with file descriptors. The
answer is a pidfd of the fork, which runs ``function(payload, fds)`` and nothing else.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from grader.execution.fork_server.protocol import (
    MAX_FDS,
    MESSAGE_BYTES,
    READY,
    Preparation,
    module_of,
)

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
# Modules that a library imports only when it is first used.
LAZY_IMPORTS = {
    "sklearn.datasets": (
        "sklearn.datasets.images",
        "importlib.readers",
        "PIL.JpegImagePlugin",
    ),
    # After sklearn.datasets, which imports it.
    "PIL.Image": (
        "PIL.BmpImagePlugin",
        "PIL.GifImagePlugin",
        "PIL.JpegImagePlugin",
        "PIL.PngImagePlugin",
        "PIL.PpmImagePlugin",
    ),
}


def prepare(preparation: Preparation, modules: Iterable[str]) -> None:
    """Import and build everything that forks will need.

    Parameters
    ----------
    preparation
        Modules of the grader; one that cannot be imported is an error.
    modules
        Modules of the lesson. One that cannot be imported is left out: the cell that
        imports it will raise the error.
    """
    for entry in preparation.entries:
        importlib.import_module(module_of(entry))
    preload(modules)
    if preparation.build:
        importlib.import_module(module_of(preparation.build))
        _function(preparation.build)()


def preload(modules: Iterable[str]) -> list[str]:
    """Import `modules`; return those that cannot be imported here."""
    missing = [name for name in modules if not _try_import(name)]
    for library, submodules in LAZY_IMPORTS.items():
        if library in sys.modules:
            list(map(_try_import, submodules))
    return missing


def _try_import(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def serve(listener: socket.socket, alive: int) -> None:
    """Fork on request until the process that started the server has ended.

    Parameters
    ----------
    listener
        The socket on which clients connect.
    alive
        The reading end of a pipe. Its other end is closed when the server is to end.
    """
    selector = selectors.DefaultSelector()
    selector.register(alive, selectors.EVENT_READ)
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fd == alive:
                return
            assert isinstance(key.fileobj, socket.socket)
            if key.fileobj is listener:
                connection, _ = listener.accept()
                selector.register(connection, selectors.EVENT_READ)
            elif not _answer(key.fileobj):
                selector.unregister(key.fileobj)
                key.fileobj.close()


def _answer(connection: socket.socket) -> bool:
    """Serve one request; return False once the client has disconnected."""
    try:
        message, fds, _, _ = socket.recv_fds(connection, MESSAGE_BYTES, MAX_FDS)
    except ConnectionError:
        return False
    if not message:
        return False
    request = json.loads(message)
    with contextlib.suppress(ConnectionError):
        try:
            pidfd = _fork(request, fds)
        except OSError as error:
            connection.send(str(error).encode())
        else:
            socket.send_fds(connection, [b"forked"], [pidfd])
            os.close(pidfd)
    for fd in fds:
        os.close(fd)
    return True


def _fork(request: dict[str, Any], fds: Sequence[int]) -> int:
    """Return a pidfd of a new fork that runs the requested function."""
    parent = os.getpid()
    gate, key = os.pipe()
    pid = os.fork()
    if pid == 0:
        # Wait for the parent to open the pidfd: a fork that ends before is reaped.
        os.close(key)
        os.read(gate, 1)
        _die_with(parent)
        _become(request["entry"], request["payload"], fds)
    os.close(gate)
    try:
        return os.pidfd_open(pid)
    finally:
        os.close(key)


def _die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _become(entry: str, payload: Any, fds: Sequence[int]) -> NoReturn:
    """Run ``entry(payload, fds)`` in this fork, and end the process."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        close_all_but(fds)
        _function(entry)(payload, list(fds))
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def _function(entry: str) -> Callable[..., Any]:
    """Return the function of an entry point whose module is imported."""
    module, _, name = entry.partition(":")
    function: Callable[..., Any] = getattr(sys.modules[module], name)
    return function


def close_all_but(keep: Iterable[int]) -> None:
    """Close every descriptor above the standard three except `keep`."""
    low = 3
    for fd in sorted(keep):
        os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def main() -> None:
    """Run the server; its settings come as one line of JSON on standard input."""
    alive = os.dup(0)
    settings = json.loads(sys.stdin.readline())
    os.environ.update(settings["environment"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare(Preparation(**settings["preparation"]), settings["modules"])
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    address = Path(settings["address"])
    listener.bind(str(address))
    listener.listen(64)
    # Children are reaped by the system, and so are their children: the processes
    # between them have ended by then, and a container's first process may never reap.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    ready = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.write(ready, READY)
    os.close(ready)
    gc.collect()
    gc.freeze()
    try:
        serve(listener, alive)
    finally:
        # Not left to the process that started this one: it may have been killed.
        shutil.rmtree(address.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
