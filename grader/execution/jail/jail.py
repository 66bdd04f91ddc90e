"""One jail, seen from outside: build it, start a kernel in it, end it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from grader.errors import JailError
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail import builders, cgroup, entries, host, userns
from grader.execution.jail.bwrap import WAITER, bwrap_options
from grader.execution.limits import Limits, Sandbox
from grader.records import BoundFile

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
# Guards that the kernel's process installs by itself; see enter.py.
EXTRAS = ("seccomp", "landlock")
START_SECONDS = 30.0
END_SECONDS = 10.0


class Jailer:
    """Builds jails of one kind: those of one assignment in one worker.

    Its user calls :meth:`close` when the last jail has ended.

    Parameters
    ----------
    fork_server
        Its forks become the kernels.
    modules
        Modules that student code may import, in addition to those in the
        interpreter's folders.
    limits
        Of each jail.
    environment
        Environment variables of student code, in addition to those of every jail.

    Attributes
    ----------
    sandbox : str
        The name of the sandbox; each result holds it.
    extras : frozenset of str
        Those of `EXTRAS` that its jails get, where the machine offers them.
    cgroup_parents : tuple of cgroup.CgroupParent
        Where the jails' control groups are made; empty for jails without.
    builds_ahead : bool
        Whether jails are built before they are used.

    Raises
    ------
    SandboxError
        If no jail can be built on this machine.
    """

    sandbox: Sandbox = "bwrap"
    builds_ahead = False

    def __init__(
        self,
        fork_server: ForkServer,
        modules: Sequence[str],
        limits: Limits,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.fork_server = fork_server
        self.limits = limits
        self.environment = dict(environment or {})
        self.files: Mapping[str, Path] = {}
        self.extras: frozenset[str] = frozenset()
        self.cgroup_parents: tuple[cgroup.CgroupParent, ...] = ()
        self._prepare(modules)

    def _prepare(self, modules: Sequence[str]) -> None:
        """Find and make what jails of this kind need on this machine."""
        self._bwrap = host.bubblewrap()
        self._visible = host.visible(modules)
        self._userns = userns.make(self.fork_server)
        self.extras = frozenset(EXTRAS)
        self._find_cgroup_parents()

    def _find_cgroup_parents(self) -> None:
        self.cgroup_parents = cgroup.find_parents()
        cgroup.remove_stale(self.cgroup_parents)

    def with_files(self, files: Iterable[BoundFile]) -> Self:
        """Show files in the work folder of each jail, read-only; return this jailer.

        Parameters
        ----------
        files
            The files, none of which a student may choose.

        Raises
        ------
        JailError
            A file is not on this machine.
        """
        for file in files:
            if not Path(file.path).is_file():
                raise JailError(
                    f"{file.path}: this file beside the notebook is not on the machine "
                    "that grades; put the course folder where all machines see it"
                )
        self.files = {file.name: Path(file.path) for file in files}
        return self

    def start_builder(self, info: int) -> subprocess.Popen[bytes]:
        """Start bubblewrap, which describes what it has built on descriptor `info`."""
        options = bwrap_options(
            self._visible, host.system_links(), self.limits, self._userns, self.files
        )
        options += ["--info-fd", str(info)]
        inherited = [info] if self._userns is None else [info, self._userns]
        # Not on its command line: that can be read in the jail, and shows our paths.
        with tempfile.TemporaryFile() as file:
            file.write(b"".join(option.encode() + b"\0" for option in options))
            file.seek(0)
            return builders.start(
                [self._bwrap, "--args", str(file.fileno()), "--", *WAITER],
                [*inherited, file.fileno()],
            )

    def open(self, jupyter: bool = False) -> Jail:
        """Return a new jail with a kernel in it.

        Parameters
        ----------
        jupyter
            Whether the kernel is an ipykernel for Jupyter, or the grader's own.
        """
        return Jail(self, jupyter)

    def remove(self, jail: Jail) -> None:
        """Have what is left of one of its jails removed, whose processes are ending."""
        jail.remove()

    def close(self) -> None:
        """Release the user namespace. Jails that are open are not affected."""
        if self._userns is not None:
            os.close(self._userns)
            self._userns = None


class Jail:
    """A jail with a kernel in it. Its user calls :meth:`kill` at the end.

    Parameters
    ----------
    jailer
        Holds the settings of the jail.
    jupyter
        Whether the kernel is an ipykernel for Jupyter, or the grader's own.

    Attributes
    ----------
    connection_info : dict
        Jupyter's connection info: ipc sockets that were opened outside of the jail.
        Empty for the grader's own kernel.
    call : socket.socket
        The examiner's end of the call channel.
    cells : socket.socket
        The grader's end of the socket that carries cells and outputs of its own kernel.
    pipes : tuple of int
        Descriptors to read what C code in the kernel writes to standard output and
        standard error.
    processes : tuple of int
        The kernel's process id outside of the jail; empty once it has ended.
    extras : frozenset of str
        What guards the jail in addition to namespaces and rlimits: some of `EXTRAS`,
        and of the control groups' ``memory`` and ``pids``.

    Raises
    ------
    JailError
        If the jail did not start, or was found not to be tight.
    """

    entry = entries.ENTER

    def __init__(self, jailer: Jailer, jupyter: bool = False) -> None:
        self._jailer = jailer
        self._limits = jailer.limits
        self._ended = False
        self._builder: subprocess.Popen[bytes] | None = None
        # A pidfd of the jail's first process, whose namespaces the kernel joins.
        self._entrance = -1
        self._kernel_pidfd = -1
        self.processes: tuple[int, ...] = ()
        self._cgroup = cgroup.JailCgroup(jailer.cgroup_parents)
        self.extras: frozenset[str] = frozenset()
        self._folder: Path | None = None
        self.connection_info: dict[str, Any] = {}
        self.call, inner_call = socket.socketpair()
        self.cells, inner_cells = socket.socketpair()
        self.pipes: tuple[int, ...]
        self.pipes, inner_pipes = zip(os.pipe(), os.pipe(), strict=True)
        try:
            with inner_call, inner_cells, _closing(inner_pipes):
                inner = [inner_call.fileno(), inner_cells.fileno(), *inner_pipes]
                self._entrance = self._build(jailer)
                if jupyter:
                    self._fork_jupyter(jailer, inner[0])
                else:
                    self._fork(jailer, inner)
            self._join_cgroup()
        except BaseException:
            self.kill()
            raise

    def _build(self, jailer: Jailer) -> int:
        """Start bubblewrap and wait for its mounts; return a pidfd of its process."""
        info, info_end = os.pipe()
        with os.fdopen(info, encoding="utf-8") as stream:
            try:
                self._builder = jailer.start_builder(info_end)
            finally:
                os.close(info_end)
            assert self._builder.stdout and self._builder.stderr
            if self._builder.stdout.readline() != b"up\n":
                error = self._builder.stderr.read().decode(errors="replace").strip()
                host.probe()
                raise JailError(f"bubblewrap did not build the jail: {error}")
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
        """Fork the fork server into the jail, and wait until the fork is inside."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        payload = self._payload(jailer) | {"key": key}
        with ours, theirs:
            fds = [theirs.fileno(), self._entrance, *inner]
            self._take_fork(jailer.fork_server.fork(self.entry, payload, fds))
            theirs.close()
            ours.settimeout(START_SECONDS)
            self._await_inside(ours)

    def _payload(self, jailer: Jailer) -> dict[str, Any]:
        """Return the settings that are sent to the fork, without the key."""
        return {
            "limits": asdict(jailer.limits),
            "environment": jailer.environment,
            "extras": sorted(jailer.extras),
        }

    def _take_fork(self, pidfd: int) -> None:
        """Take over the pidfd of the fork: keep it, or close it."""
        # The fork ends by itself when its child is inside.
        os.close(pidfd)

    def _join_cgroup(self) -> None:
        """Put the kernel into its control groups, before it gets any code to run."""
        # If it has ended already, its user will notice.
        with contextlib.suppress(ProcessLookupError):
            self.processes = (forks.process_id(self._kernel_pidfd),)
            self._cgroup.add(*self.processes, self._limits)
        self.extras |= self._cgroup.controllers

    def _await_inside(self, report: socket.socket) -> None:
        inside = False
        while not (inside and self._kernel_pidfd >= 0):
            try:
                message, fds, _, _ = socket.recv_fds(report, 1 << 16, 1)
            except TimeoutError:
                raise JailError(
                    f"the jail did not start within {START_SECONDS:.0f} s"
                ) from None
            if fds:
                self._kernel_pidfd = fds[0]
            answer = json.loads(message) if message else {"error": "it ended at once"}
            if "error" in answer:
                raise JailError(f"no kernel started in the jail: {answer['error']}")
            inside = inside or "inside" in answer
            self.extras |= frozenset(answer.get("extras", ()))

    @property
    def pidfd(self) -> int:
        """A pidfd of the kernel's process."""
        return self._kernel_pidfd

    def begin_use(self) -> None:
        """Tell a jail that was built ahead that code is about to run in it."""

    def alive(self) -> bool:
        """Say whether the kernel's process still runs."""
        return self._kernel_pidfd >= 0 and not forks.has_exited(self._kernel_pidfd)

    def ran_out_of(self) -> frozenset[str]:
        """Return what its control groups have refused: ``memory``, ``pids``."""
        return self._cgroup.ran_out_of()

    def ends_within(self, seconds: float) -> bool:
        """Say whether the kernel's process has ended, or ends within `seconds`."""
        return forks.has_exited(self._kernel_pidfd, seconds)

    def kill(self) -> None:
        """End every process in the jail and have its jailer remove it. Idempotent."""
        if not self._ended:
            self._ended = True
            self._begin_end()
            self._jailer.remove(self)

    def remove(self) -> None:
        """Wait until every process has ended, and remove what is left of the jail."""
        self._await_end()
        self._cgroup.remove()
        for descriptor in (self._entrance, self._kernel_pidfd):
            if descriptor >= 0:
                os.close(descriptor)
        self._entrance = self._kernel_pidfd = -1
        self.call.close()
        self.cells.close()
        for pipe in self.pipes:
            os.close(pipe)
        self.pipes = ()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _new_folder(self, jailer: Jailer) -> Path:
        """Return a folder outside of the jail that is removed with it."""
        if self._folder is not None:
            return self._folder
        try:
            folder = tempfile.mkdtemp(prefix="jail-", dir=jailer.fork_server.folder)
        except OSError as error:
            reason = f"no folder could be made for a jail: {error}"
            raise JailError(reason) from None
        self._folder = Path(folder)
        return self._folder

    def _begin_end(self) -> None:
        """Have all processes of the jail ended, without waiting for that."""
        if self._entrance >= 0:
            forks.kill(self._entrance)

    def _await_end(self) -> None:
        """Wait until no process of the jail is left."""
        if self._entrance >= 0:
            # The first process of a pid namespace ends only when all others have.
            forks.has_exited(self._entrance, END_SECONDS)
        if self._builder is not None:
            builders.end(self._builder)
            self._builder = None


@contextlib.contextmanager
def _closing(descriptors: Sequence[int]) -> Iterator[None]:
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
    """Open the kernel's five sockets outside, as ``prefix-1`` … ``prefix-5``."""
    with contextlib.ExitStack() as stack:
        opened = []
        for number in range(1, len(CHANNELS) + 1):
            listener = stack.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(f"{prefix}-{number}")
            listener.listen(16)
            opened.append(listener)
        yield opened
