"""The grader's side of a fork server: start one or connect to one, and fork it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from grader.errors import JailError
from grader.execution.fork_server.environment import fork_environment
from grader.execution.fork_server.protocol import READY, Preparation

SERVER = "grader.execution.fork_server.server"
END_SECONDS = 10.0


class ForkServer:
    """A fork server that is ready. Use as a context manager.

    :meth:`start` starts one, which ends when it is closed; :meth:`connect` uses one
    that another process has started.

    Attributes
    ----------
    address : Path
        The socket on which it listens.
    folder : Path
        A folder for the sockets of its users. The fork server removes it at its end,
        even if the users were killed.
    """

    def __init__(self, address: Path, process: subprocess.Popen[bytes] | None) -> None:
        self.address = address
        self.folder = address.parent
        self._process = process
        self._lock = threading.Lock()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.connect(str(address))

    @classmethod
    def start(cls, modules: Sequence[str], preparation: Preparation) -> ForkServer:
        """Start a fork server and wait until it is ready.

        Parameters
        ----------
        modules, preparation
            As for :class:`StartingForkServer`.

        Raises
        ------
        JailError
            If it ends before it is ready.
        """
        return StartingForkServer(modules, preparation).ready()

    @classmethod
    def connect(cls, address: Path) -> ForkServer:
        """Return a connection to the fork server that listens at `address`."""
        return cls(address, None)

    def fork(self, entry: str, payload: Any, fds: Sequence[int]) -> int:
        """Fork the fork server.

        Parameters
        ----------
        entry
            The function that the fork runs, as
            :func:`~grader.execution.fork_server.protocol.entry_point` names it. It
            is called with `payload` and with copies of `fds`.
        payload
            Its first argument: anything that JSON can hold.
        fds
            Descriptors to copy; the caller still closes the originals.

        Returns
        -------
        int
            A pidfd of the fork, which the caller closes.

        Raises
        ------
        JailError
            If the fork server has ended, or the system refuses to fork.
        """
        request = json.dumps({"entry": entry, "payload": payload}).encode()
        try:
            with self._lock:
                socket.send_fds(self._socket, [request], fds)
                message, received, _, _ = socket.recv_fds(self._socket, 512, 1)
        except OSError as error:
            raise JailError(f"the fork server has ended: {error}") from None
        if not received:
            reason = message.decode() or "it has ended"
            raise JailError(f"the fork server cannot fork: {reason}")
        return received[0]

    def has_ended(self) -> bool:
        """Say whether a fork server that this object started has ended."""
        return self._process is not None and self._process.poll() is not None

    def close(self) -> None:
        """Disconnect; end a fork server that this object started, with its forks."""
        self._socket.close()
        if self._process is not None:
            _end(self._process)
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class StartingForkServer:
    """A fork server that was started and still imports modules.

    Its user calls :meth:`ready`, and later closes the :class:`ForkServer` that it
    returns; or :meth:`stop`.

    Parameters
    ----------
    modules
        The modules that a lesson imports. Those that are not installed are left out.
    preparation
        What the fork server prepares for every lesson.
    threads
        How many threads TensorFlow may use in each fork.
    """

    def __init__(
        self, modules: Sequence[str], preparation: Preparation, threads: int = 1
    ) -> None:
        self._modules = modules
        self._address = Path(tempfile.mkdtemp(prefix="fork-")) / "fork"
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this method
        self._process = _start_server(self._stderr)
        assert self._process.stdin
        settings = {
            "address": str(self._address),
            "modules": list(modules),
            "preparation": asdict(preparation),
            "environment": fork_environment(threads),
        }
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(settings).encode() + b"\n")
            self._process.stdin.flush()

    def ready(self) -> ForkServer:
        """Wait until everything is imported.

        Raises
        ------
        JailError
            If the process ends before it is ready.
        """
        try:
            self._await_ready()
            fork_server = ForkServer(self._address, self._process)
        except BaseException:
            self.stop()
            raise
        self._stderr.close()
        return fork_server

    def _await_ready(self) -> None:
        assert self._process.stdout
        with self._process.stdout as stream:
            if stream.readline() == READY:
                return
        status = self._process.wait()
        self._stderr.seek(0)
        raise JailError(
            f"the fork server ended with status {status} while it imported "
            f"{', '.join(self._modules) or 'nothing'}; its last output: "
            + self._stderr.read().decode(errors="replace")[-2000:]
        )

    def stop(self) -> None:
        """End the process while it still imports modules. Idempotent."""
        self._process.kill()
        with self._process:
            self._stderr.close()
        shutil.rmtree(self._address.parent, ignore_errors=True)


def _start_server(stderr: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-P", "-m", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd="/",
        env={"PATH": os.defpath},
        # Ctrl-C is for the grader, which then ends this process.
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe that the server watches, and wait for it to end by itself."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


__all__ = ["SERVER", "ForkServer", "StartingForkServer"]
