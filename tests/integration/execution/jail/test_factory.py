"""The name of a sandbox opens that jailer, or none at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.factory import open_jailer, require_sandbox
from grader.execution.jail.jail import Jailer
from grader.execution.jail.prebuilt import PrebuildingJailer
from grader.execution.jail.unprotected import UnprotectedJailer
from grader.execution.limits import Limits, Sandbox

LIMITS = Limits(memory_mb=300)


@pytest.mark.parametrize(
    ("sandbox", "prebuild", "kind"),
    [
        ("bwrap", False, Jailer),
        ("bwrap", True, PrebuildingJailer),
        ("none", False, UnprotectedJailer),
        ("none", True, UnprotectedJailer),
    ],
)
def test_a_sandbox_opens_its_jailer(
    fork_server: ForkServer, sandbox: Sandbox, prebuild: bool, kind: type[Jailer]
) -> None:
    variables = {"A": "1"}
    jailer = open_jailer(
        sandbox, fork_server, ["numpy"], LIMITS, variables, prebuild=prebuild
    )
    jailer.close()
    assert type(jailer) is kind
    assert (jailer.fork_server, jailer.limits) == (fork_server, LIMITS)
    assert jailer.environment == variables


@pytest.mark.parametrize("unknown", ["", "BWRAP", "Auto", None])
def test_an_unknown_sandbox_opens_nothing(
    fork_server: ForkServer, unknown: Any
) -> None:
    with pytest.raises(SandboxError, match="unknown sandbox"):
        require_sandbox(unknown)
    with pytest.raises(SandboxError, match="unknown sandbox"):
        open_jailer(unknown, fork_server, [], LIMITS)


@pytest.mark.parametrize("prebuild", [False, True])
def test_where_no_jail_can_be_built_none_is_opened(
    fork_server: ForkServer,
    nothing_left: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    prebuild: bool,
) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'not permitted' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="cannot build a jail here: not permitted"):
        open_jailer("bwrap", fork_server, [], LIMITS, prebuild=prebuild)
    with pytest.raises(SandboxError, match="not permitted"):
        require_sandbox("bwrap")
