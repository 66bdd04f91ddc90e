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
import ctypes
import gc
import importlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

from grader.errors import JailError

MESSAGE_BYTES = 1 << 20
MAX_FDS = 32
READY = b"ready\n"
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
END_SECONDS = 10.0
# How many threads numerical libraries start. Kernels keep these variables.
THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "TF_NUM_INTRAOP_THREADS",
)

# Imported in every warm process: what each fork needs, so that it opens no file
# of ours after it has entered the jail.
ALWAYS = (
    "grader.execution.jail.enter",
    "grader.execution.inside.main",
    "grader.execution.inside.ipykernel_app",
    "grader.execution.jail.process_title",
    "grader.execution.jail.userns",
    "grader.execution.examiner.process",
)
# What a library imports only when it is first used.
LATE = {
    "PIL.Image": (
        "PIL.BmpImagePlugin",
        "PIL.GifImagePlugin",
        "PIL.JpegImagePlugin",
        "PIL.PngImagePlugin",
        "PIL.PpmImagePlugin",
    ),
    "sklearn.datasets": ("sklearn.datasets.images", "PIL.JpegImagePlugin"),
}


# --- the server, in the warm process ------------------------------------------


def preload(modules: Iterable[str]) -> list[str]:
    """Import `modules`; return those that cannot be imported here."""
    missing = [name for name in modules if not _imported(name)]
    for library, late in LATE.items():
        if library in sys.modules:
            list(map(_imported, late))
    return missing


def _imported(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def serve(listener: socket.socket, alive: int) -> None:
    """Fork on request until `alive`, a pipe that the owner holds, is closed."""
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
    """Serve one request; return False once the other side has hung up."""
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
    """Return a pidfd of a new fork that does what `request` says."""
    parent = os.getpid()
    gate, key = os.pipe()
    pid = os.fork()
    if pid == 0:
        # One that ended at once would be reaped before its pidfd could be had.
        os.close(key)
        os.read(gate, 1)
        die_with(parent)
        _become(request["entry"], request["payload"], fds)
    os.close(gate)
    try:
        return os.pidfd_open(pid)
    finally:
        os.close(key)


def die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


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
    sys.modules["grader.execution.inside.ipykernel_app"].build()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    address = Path(settings["address"])
    listener.bind(str(address))
    listener.listen(64)
    # Children are reaped by the kernel, and so are theirs: the process in between
    # has ended by then, and a container's first process may never reap.
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
        # Here, because whoever uses us may have been killed.
        shutil.rmtree(address.parent, ignore_errors=True)


# --- the client, in the grader ------------------------------------------------


class Warm:
    """A warm process, seen from the grader.

    Use :meth:`start` to own one, :meth:`connect` to use another process' one.

    Attributes
    ----------
    folder : Path
        For sockets of its users; it vanishes with the warm process, however its
        users ended.
    """

    def __init__(self, address: Path, process: subprocess.Popen[bytes] | None) -> None:
        self.address = address
        self.folder = address.parent
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
        return Starting(modules).ready()

    @classmethod
    def connect(cls, address: Path) -> Warm:
        """Use the warm process that listens at `address`."""
        return cls(address, None)

    def fork(self, entry: str, payload: Any, fds: Sequence[int]) -> int:
        """Fork the warm process into ``entry(payload, fds)``; return a pidfd.

        The descriptors are copied; close your own when you no longer need them.
        """
        request = json.dumps({"entry": entry, "payload": payload}).encode()
        try:
            with self._lock:
                socket.send_fds(self._socket, [request], fds)
                message, received, _, _ = socket.recv_fds(self._socket, 512, 1)
        except OSError as error:
            raise JailError(f"the warm process is gone: {error}") from None
        if not received:
            said = message.decode() or "it has ended"
            raise JailError(f"the warm process cannot fork: {said}")
        return received[0]

    def has_ended(self) -> bool:
        """Say whether the warm process, if it is ours, is gone."""
        return self._process is not None and self._process.poll() is not None

    def close(self) -> None:
        """Stop the warm process if it is ours, and its forks outside of jails."""
        self._socket.close()
        if self._process is not None:
            _end(self._process)
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Starting:
    """A warm process of ours that still imports what it is to hold.

    Its owner ends it: by :meth:`ready`, from where on the ``Warm`` does, or by
    :meth:`stop`.

    Parameters
    ----------
    modules
        What it imports.
    threads
        How many TensorFlow may use in each fork.
    """

    def __init__(self, modules: Sequence[str] = (), threads: int = 1) -> None:
        self._modules = modules
        self._address = Path(tempfile.mkdtemp(prefix="warm-")) / "fork"
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this method
        self._process = _start_server(self._said)
        assert self._process.stdin
        settings = {
            "address": str(self._address),
            "modules": list(modules),
            "environment": warm_environment(threads),
        }
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(settings).encode() + b"\n")
            self._process.stdin.flush()

    def ready(self) -> Warm:
        """Wait until all is imported.

        Raises
        ------
        JailError
            If the process ends before it is ready.
        """
        try:
            self._await_ready()
            warm = Warm(self._address, self._process)
        except BaseException:
            self.stop()
            raise
        self._said.close()
        return warm

    def _await_ready(self) -> None:
        assert self._process.stdout
        with self._process.stdout as stream:
            if stream.readline() == READY:
                return
        status = self._process.wait()
        self._said.seek(0)
        raise JailError(
            f"the warm process ended with status {status} while it imported "
            f"{', '.join(self._modules) or 'nothing'}; it said: "
            + self._said.read().decode(errors="replace")[-2000:]
        )

    def stop(self) -> None:
        """End it in the middle of its imports. Idempotent."""
        self._process.kill()
        with self._process:
            self._said.close()
        shutil.rmtree(self._address.parent, ignore_errors=True)


def _start_server(said: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "grader.execution.fork_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        cwd="/",
        env={"PATH": os.defpath},
        # Ctrl-C is for the grader, who then puts an end to this.
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the server end by itself: the pipe it watches is closed."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def warm_environment(threads: int = 1) -> dict[str, str]:
    """Return the environment that is set before anything is imported.

    Libraries that start their threads when they are imported get one: a process
    with one thread is safe to fork. TensorFlow starts its own later, in each fork.
    """
    passed_on = ("LANG", "HOME", "SSL_CERT_FILE")
    return {
        **{name: os.environ[name] for name in passed_on if name in os.environ},
        **dict.fromkeys(THREADS, "1"),
        "TF_NUM_INTRAOP_THREADS": str(threads),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def has_exited(pidfd: int, seconds: float = 0) -> bool:
    """Say whether the process of `pidfd` is gone, or goes within `seconds`."""
    with selectors.DefaultSelector() as selector:
        selector.register(pidfd, selectors.EVENT_READ)
        return bool(selector.select(seconds))


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
