"""A warm process: it has imported what a lesson imports, and has run nothing.

Importing TensorFlow takes seconds, a fork takes milliseconds. One warm process
serves both sides: the jail forks it and walks the copy into the jail, the
examiner forks it and keeps the copy outside. The two copies share no memory
that either can write.

The server speaks ``SOCK_SEQPACKET`` on a Unix socket in a folder of its own:
a request is ``{"entry": "package.module:function", "payload": …}`` with file
descriptors; the answer is a pidfd of the fork, which then runs
``function(payload, fds)`` and nothing else of ours.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from grader.errors import JailError

MESSAGE_BYTES = 1 << 20
MAX_FDS = 32
READY = b"ready\n"

# Imported in every warm process: what each fork needs, so that it opens no file
# of ours after it has entered the jail.
ALWAYS = (
    "grader.jail.zygote",
    "grader.jail.inside",
    "grader.jail.userns",
    "grader.examiner.__main__",
)


# --- the server, in the warm process ------------------------------------------


def preload(modules: Iterable[str]) -> list[str]:
    """Import `modules`; return those that cannot be imported here."""
    missing = []
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception:
            missing.append(name)
    return missing


def serve(listener: socket.socket, alive: int) -> None:
    """Fork on request until `alive`, a pipe that the owner holds, is closed."""
    selector = selectors.DefaultSelector()
    selector.register(alive, selectors.EVENT_READ)
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fd == alive:
                return
            if key.fileobj is listener:
                connection, _ = listener.accept()
                selector.register(connection, selectors.EVENT_READ)
            elif isinstance(key.fileobj, socket.socket):
                if not _answer(key.fileobj):
                    selector.unregister(key.fileobj)
                    key.fileobj.close()


def _answer(connection: socket.socket) -> bool:
    """Serve one request; return False once the other side has hung up."""
    try:
        message, fds, _, _ = socket.recv_fds(connection, MESSAGE_BYTES, MAX_FDS)
    except ConnectionError:
        return False
    if not message:
        return False
    request = json.loads(message)
    pid = os.fork()
    if pid == 0:
        _become(request["entry"], request["payload"], fds)
    for fd in fds:
        os.close(fd)
    pidfd = os.pidfd_open(pid)
    with contextlib.suppress(ConnectionError):
        socket.send_fds(connection, [b"%d" % pid], [pidfd])
    os.close(pidfd)
    return True


def _become(entry: str, payload: Any, fds: Sequence[int]) -> NoReturn:
    """Turn this fork into ``entry(payload, fds)`` and never come back."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        close_all_but(fds)
        module, function = entry.split(":")
        getattr(sys.modules[module], function)(payload, list(fds))
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def close_all_but(keep: Iterable[int]) -> None:
    """Close every descriptor above the standard three except `keep`."""
    low = 3
    for fd in sorted(keep):
        os.closerange(low, fd)
        low = fd + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def main() -> None:
    """Run the server; its settings come as one JSON line on standard input."""
    alive = os.dup(0)
    settings = json.loads(sys.stdin.readline())
    os.environ.update(settings["environment"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    preload([*ALWAYS, *settings["modules"]])
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(settings["address"])
    listener.listen(64)
    # Children are reaped by the kernel; nobody here waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    ready = os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.write(ready, READY)
    os.close(ready)
    gc.collect()
    gc.freeze()
    serve(listener, alive)


# --- the client, in the grader ------------------------------------------------


class Warm:
    """A warm process, seen from the grader.

    Use :meth:`start` to own one, :meth:`connect` to use another process' one.
    """

    def __init__(self, address: Path, process: subprocess.Popen[bytes] | None) -> None:
        self.address = address
        self._process = process
        self._lock = threading.Lock()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.connect(str(address))

    @classmethod
    def start(cls, modules: Sequence[str] = ()) -> Warm:
        """Start a warm process that has imported `modules`.

        Raises
        ------
        JailError
            If it ends before it is ready.
        """
        address = Path(tempfile.mkdtemp(prefix="warm-")) / "fork"
        said = tempfile.TemporaryFile()
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            cwd="/",
            env={"PATH": os.defpath},
            start_new_session=True,
        )
        assert process.stdin and process.stdout
        settings = {
            "address": str(address),
            "modules": list(modules),
            "environment": warm_environment(),
        }
        process.stdin.write(json.dumps(settings).encode() + b"\n")
        process.stdin.flush()
        if process.stdout.readline() != READY:
            status = process.wait()
            said.seek(0)
            raise JailError(
                f"the warm process ended with status {status} while it imported "
                f"{', '.join(modules) or 'nothing'}; it said: "
                + said.read().decode(errors="replace")[-2000:]
            )
        said.close()
        process.stdout.close()
        return cls(address, process)

    @classmethod
    def connect(cls, address: Path) -> Warm:
        """Use the warm process that listens at `address`."""
        return cls(address, None)

    def fork(self, entry: str, payload: Any, fds: Sequence[int]) -> int:
        """Fork the warm process into ``entry(payload, fds)``; return a pidfd.

        The descriptors are copied; close your own when you no longer need them.
        """
        request = json.dumps({"entry": entry, "payload": payload}).encode()
        with self._lock:
            socket.send_fds(self._socket, [request], fds)
            message, received, _, _ = socket.recv_fds(self._socket, 64, 1)
        if not message or not received:
            raise JailError("the warm process has ended; nothing can be forked from it")
        return received[0]

    def close(self) -> None:
        """Stop the warm process if it is ours; its forks live on."""
        self._socket.close()
        if self._process is None:
            return
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()
        self.address.unlink(missing_ok=True)
        self.address.parent.rmdir()

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def warm_environment() -> dict[str, str]:
    """Return the environment that is set before anything is imported.

    One thread for each numerical library: the workers share the cores already,
    and a process with one thread is safe to fork.
    """
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    names = (*threads, "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    passed_on = ("LANG", "HOME", "SSL_CERT_FILE")
    return {
        **{name: os.environ[name] for name in passed_on if name in os.environ},
        **dict.fromkeys(names, "1"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def has_exited(pidfd: int) -> bool:
    """Say whether the process of `pidfd` is gone."""
    with selectors.DefaultSelector() as selector:
        selector.register(pidfd, selectors.EVENT_READ)
        return bool(selector.select(0))


def process_id(pidfd: int) -> int:
    """Return the process id that a pidfd stands for.

    Raises
    ------
    ProcessLookupError
        If that process is gone.
    """
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:") and int(line.split()[1]) > 0:
            return int(line.split()[1])
    raise ProcessLookupError(f"the process of pidfd {pidfd} is gone")


def kill(pidfd: int) -> None:
    """Kill the process of `pidfd` if it still lives."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


if __name__ == "__main__":
    main()
