"""A fork server, seen from the grader: start one or connect to one, and fork it."""

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
    """A fork server that is ready.

    Use :meth:`start` to own one, :meth:`connect` to use one of another process.

    Attributes
    ----------
    address : Path
        The socket on which it listens.
    folder : Path
        For sockets of its users; it vanishes with the fork server, however its
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
        """Use the fork server that listens at `address`."""
        return cls(address, None)

    def fork(self, entry: str, payload: Any, fds: Sequence[int]) -> int:
        """Fork the fork server; return a pidfd of the fork.

        Parameters
        ----------
        entry
            The function that the fork becomes, as
            :func:`~grader.execution.fork_server.protocol.entry_point` names it. It
            is called with `payload` and its own copies of `fds`.
        payload
            What it is told: anything that JSON can hold.
        fds
            Descriptors to copy; close your own when you no longer need them.

        Raises
        ------
        JailError
            If the fork server is gone, or the system refuses to fork.
        """
        request = json.dumps({"entry": entry, "payload": payload}).encode()
        try:
            with self._lock:
                socket.send_fds(self._socket, [request], fds)
                message, received, _, _ = socket.recv_fds(self._socket, 512, 1)
        except OSError as error:
            raise JailError(f"the fork server is gone: {error}") from None
        if not received:
            said = message.decode() or "it has ended"
            raise JailError(f"the fork server cannot fork: {said}")
        return received[0]

    def has_ended(self) -> bool:
        """Say whether the fork server, if it is ours, is gone."""
        return self._process is not None and self._process.poll() is not None

    def close(self) -> None:
        """Stop the fork server if it is ours, and its forks outside of jails."""
        self._socket.close()
        if self._process is not None:
            _end(self._process)
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class StartingForkServer:
    """A fork server of ours that is still importing.

    Its owner ends it: by :meth:`ready`, after which the :class:`ForkServer` has to
    be closed, or by :meth:`stop`.

    Parameters
    ----------
    modules
        What a lesson imports; what cannot be imported here is left out.
    preparation
        What the fork server does for its users, whatever the lesson.
    threads
        How many threads TensorFlow may use in each fork.
    """

    def __init__(
        self, modules: Sequence[str], preparation: Preparation, threads: int = 1
    ) -> None:
        self._modules = modules
        self._address = Path(tempfile.mkdtemp(prefix="fork-")) / "fork"
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - outlives this method
        self._process = _start_server(self._said)
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
        self._said.close()
        return fork_server

    def _await_ready(self) -> None:
        assert self._process.stdout
        with self._process.stdout as stream:
            if stream.readline() == READY:
                return
        status = self._process.wait()
        self._said.seek(0)
        raise JailError(
            f"the fork server ended with status {status} while it imported "
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
        [sys.executable, "-P", "-m", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        cwd="/",
        env={"PATH": os.defpath},
        # Ctrl-C is for the grader, which then ends this process.
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the server end by itself: the pipe that it watches is closed."""
    assert process.stdin
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


__all__ = ["SERVER", "ForkServer", "StartingForkServer"]
