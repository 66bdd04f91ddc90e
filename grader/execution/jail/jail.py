"""One jail, seen from outside: build it, put a kernel in, tear it down."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader.errors import JailError
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import cgroup, entries, host, userns
from grader.execution.jail.bwrap import WAITER, bwrap_options
from grader.execution.limits import Limits, Sandbox

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
# What the kernel in the jail takes on by itself; see enter.py.
EXTRAS = ("seccomp", "landlock")
START_SECONDS = 30.0
END_SECONDS = 10.0


class Jailer:
    """Builds jails that are alike: for one assignment, in one worker.

    Parameters
    ----------
    source
        The fork server whose forks become the kernels.
    modules
        What student code may import beyond the interpreter's own folders.
    limits
        Of each jail.
    environment
        Variables that student code finds beside those of every jail.

    Attributes
    ----------
    sandbox : str
        Which sandbox this is; each result says so.
    extras : frozenset of str
        Which of `EXTRAS` its jails have, where the machine offers them.
    groups : tuple of cgroup.Place
        Where a jail's control groups are made; empty for jails without.

    Raises
    ------
    SandboxError
        If no jail can be built on this machine.
    """

    sandbox: Sandbox = "bwrap"

    def __init__(
        self,
        source: ForkServer,
        modules: Sequence[str],
        limits: Limits,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._bwrap = host.bubblewrap()
        self.source = source
        self.limits = limits
        self.environment = dict(environment or {})
        self._shown = host.visible(modules)
        self._userns = userns.make(source)
        self.extras = frozenset(EXTRAS)
        self.groups = cgroup.places()
        cgroup.sweep(self.groups)

    def start_builder(self, info: int) -> subprocess.Popen[bytes]:
        """Start bubblewrap; it writes what it built to descriptor `info`."""
        options = bwrap_options(
            self._shown, host.system_links(), self.limits, self._userns
        )
        options += ["--info-fd", str(info)]
        inherited = [info] if self._userns is None else [info, self._userns]
        # Its command line is seen from inside, where paths of ours say too much.
        with tempfile.TemporaryFile() as told:
            told.write(b"".join(option.encode() + b"\0" for option in options))
            told.seek(0)
            return subprocess.Popen(
                [self._bwrap, "--args", str(told.fileno()), "--", *WAITER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=[*inherited, told.fileno()],
                cwd="/",
                env={},
                # Ctrl-C is for the grader, who then puts an end to this.
                start_new_session=True,
            )

    def open(self, jupyter: bool = False) -> Jail:
        """Return a new jail with a kernel in it: ours, or an ipykernel."""
        return Jail(self, jupyter)

    def close(self) -> None:
        """Give the user namespace back. Jails that stand are not touched."""
        if self._userns is not None:
            os.close(self._userns)
            self._userns = None


class Jail:
    """A jail with a kernel in it.

    Parameters
    ----------
    jailer
        Who builds it.
    jupyter
        Whether its kernel is an ipykernel, or ours.

    Attributes
    ----------
    connection_info : dict
        Jupyter connection info: ipc sockets that were opened out here. Empty for a
        kernel of the grader's own.
    call : socket.socket
        The examiner's end of the call channel.
    cells : socket.socket
        Our end of the line on which a kernel of the grader's own gets its cells.
    pipes : tuple of int
        What code below Python writes to its standard output and error.
    processes : tuple of int
        Process ids of the kernel, as seen out here: one, or none once it has ended.
    extras : frozenset of str
        What guards it beside its namespaces and rlimits: some of `EXTRAS`, and of
        the control groups' memory and pids.

    Raises
    ------
    JailError
        If it did not come up, or was found not to be tight.
    """

    entry = entries.ENTER

    def __init__(self, jailer: Jailer, jupyter: bool = False) -> None:
        self._limits = jailer.limits
        self._builder: subprocess.Popen[bytes] | None = None
        self._place = -1
        self._inmate = -1
        self.processes: tuple[int, ...] = ()
        self._group = cgroup.Group(jailer.groups)
        self.extras: frozenset[str] = frozenset()
        self._folder: Path | None = None
        self.connection_info: dict[str, Any] = {}
        self.call, inner_call = socket.socketpair()
        self.cells, inner_cells = socket.socketpair()
        self.pipes: tuple[int, ...]
        self.pipes, inner_pipes = zip(os.pipe(), os.pipe(), strict=True)
        try:
            with inner_call, inner_cells, _closed_later(inner_pipes):
                inner = [inner_call.fileno(), inner_cells.fileno(), *inner_pipes]
                self._place = self._build(jailer)
                if jupyter:
                    self._fork_jupyter(jailer, inner[0])
                else:
                    self._fork(jailer, inner)
            self._bound()
        except BaseException:
            self.kill()
            raise

    def _build(self, jailer: Jailer) -> int:
        """Start bubblewrap, wait until its mounts stand; return its first process."""
        info, info_end = os.pipe()
        with os.fdopen(info, encoding="utf-8") as stream:
            try:
                self._builder = jailer.start_builder(info_end)
            finally:
                os.close(info_end)
            assert self._builder.stdout and self._builder.stderr
            if self._builder.stdout.readline() != b"up\n":
                said = self._builder.stderr.read().decode(errors="replace").strip()
                host.probe()
                raise JailError(f"bubblewrap did not build the jail: {said}")
            return os.pidfd_open(json.load(stream)["child-pid"])

    def _fork_jupyter(self, jailer: Jailer, call: int) -> None:
        prefix = self._new_folder(jailer) / "k"
        self.connection_info = _connection_info(prefix)
        with _listeners(prefix) as listeners:
            inner = [call, *(listener.fileno() for listener in listeners)]
            self._fork(jailer, inner, self.connection_info["key"].decode())

    def _fork(
        self, jailer: Jailer, inner: Sequence[int], key: str | None = None
    ) -> None:
        """Fork the fork server into the jail and wait until it says it is inside."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        payload = {
            "limits": asdict(jailer.limits),
            "environment": jailer.environment,
            "key": key,
            "extras": sorted(jailer.extras),
        }
        with ours, theirs:
            fds = [theirs.fileno(), self._place, *inner]
            os.close(jailer.source.fork(self.entry, payload, fds))
            theirs.close()
            ours.settimeout(START_SECONDS)
            self._await_inside(ours)

    def _bound(self) -> None:
        """Put the kernel into its control groups, before it is given any code."""
        with contextlib.suppress(ProcessLookupError):  # its end is seen by its user
            self.processes = (forks.process_id(self._inmate),)
            self._group.take(*self.processes, self._limits)
        self.extras |= self._group.controllers

    def _await_inside(self, report: socket.socket) -> None:
        inside = False
        while not (inside and self._inmate >= 0):
            try:
                message, fds, _, _ = socket.recv_fds(report, 1 << 16, 1)
            except TimeoutError:
                raise JailError("the jail did not come up in time") from None
            if fds:
                self._inmate = fds[0]
            said = json.loads(message) if message else {"error": "it ended at once"}
            if "error" in said:
                raise JailError(f"no kernel came up in the jail: {said['error']}")
            inside = inside or "inside" in said
            self.extras |= frozenset(said.get("extras", ()))

    @property
    def pidfd(self) -> int:
        """A pidfd of the kernel's process."""
        return self._inmate

    def alive(self) -> bool:
        """Say whether the kernel's process still runs."""
        return self._inmate >= 0 and not forks.has_exited(self._inmate)

    def ran_out_of(self) -> frozenset[str]:
        """Return what its control groups have refused it: memory, pids."""
        return self._group.ran_out_of()

    def ends_within(self, seconds: float) -> bool:
        """Say whether the kernel's process ends in that time, or has ended."""
        return forks.has_exited(self._inmate, seconds)

    def kill(self) -> None:
        """End every process in the jail and remove its sockets. Idempotent."""
        self._end_processes()
        self._group.remove()
        for descriptor in (self._place, self._inmate):
            if descriptor >= 0:
                os.close(descriptor)
        self._place = self._inmate = -1
        self.call.close()
        self.cells.close()
        for pipe in self.pipes:
            os.close(pipe)
        self.pipes = ()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _new_folder(self, jailer: Jailer) -> Path:
        """Return a folder out here that is removed with the jail."""
        if self._folder is not None:
            return self._folder
        try:
            made = tempfile.mkdtemp(prefix="jail-", dir=jailer.source.folder)
        except OSError as error:
            reason = f"no folder for a jail could be made: {error}"
            raise JailError(reason) from None
        self._folder = Path(made)
        return self._folder

    def _end_processes(self) -> None:
        if self._place >= 0:
            # The first process of a pid namespace ends only when all others have.
            forks.kill(self._place)
            forks.has_exited(self._place, END_SECONDS)
        if self._builder is not None:
            self._builder.kill()
            self._builder.communicate()
            self._builder = None


@contextlib.contextmanager
def _closed_later(descriptors: Sequence[int]) -> Iterator[None]:
    try:
        yield
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _connection_info(prefix: Path) -> dict[str, Any]:
    ports = {f"{name}_port": number for number, name in enumerate(CHANNELS, start=1)}
    return {
        "transport": "ipc",
        "ip": str(prefix),
        "key": secrets.token_hex(16).encode(),
        "signature_scheme": "hmac-sha256",
        **ports,
    }


@contextlib.contextmanager
def _listeners(prefix: Path) -> Iterator[list[socket.socket]]:
    """Open the kernel's five sockets out here, as ``prefix-1`` … ``prefix-5``."""
    with contextlib.ExitStack() as stack:
        opened = []
        for number in range(1, len(CHANNELS) + 1):
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(f"{prefix}-{number}")
            listener.listen(16)
            opened.append(listener)
        yield opened
