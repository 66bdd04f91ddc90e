"""Processes of student code hold nothing of courses, classes, grades and hidden tests.

A jailed kernel is a fork of a fork server, so what that has imported lies in the
memory of student code. Whatever is imported there in addition has to be added here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.execution.examiner.client import Examiner
from grader.execution.fork_server import forks
from grader.execution.fork_server.client import ForkServer
from grader.execution.fork_server.protocol import Preparation
from grader.execution.jail.factory import open_jailer
from grader.execution.kernel.client import Kernel
from grader.execution.limits import Limits
from grader.execution.wiring import PREPARATION

ALLOWED = {
    "grader",
    "grader.errors",
    "grader.records",
    *(
        f"grader.records.{name}"
        for name in "assignment check escapes flag outcome result submission".split()
    ),
    "grader.notebooks",
    "grader.notebooks.magics",
    "grader.notebooks.markers",
    "grader.notebooks.outputs",
    "grader.notebooks.syntax",
    "grader.execution",
    *(
        f"grader.execution.{name}"
        for name in """
        deadline layout limit_messages limits
        examiner examiner.beside examiner.channel examiner.compiled examiner.names
        examiner.outcomes examiner.process examiner.text_guard examiner.proxies
        examiner.proxies.bindings examiner.proxies.callbacks examiner.proxies.classes
        examiner.proxies.exceptions examiner.proxies.forwarders
        examiner.proxies.functions examiner.proxies.kernel_names
        examiner.proxies.levels examiner.proxies.objects
        examiner.proxies.outgoing examiner.proxies.questions examiner.proxies.said
        examiner.proxies.steps examiner.proxies.student
        fork_server fork_server.client fork_server.environment fork_server.forks
        fork_server.protocol
        inside inside.builtins_guard inside.calls inside.calls.bindings
        inside.calls.callbacks
        inside.calls.descriptions inside.calls.handles inside.calls.line
        inside.calls.operations inside.calls.said inside.calls.serving
        inside.calls.tasks inside.calls.unsent inside.ipykernel_app
        inside.keras_tracing inside.lean_ipykernel inside.main inside.output
        inside.server inside.work_folder
        jail jail.confine jail.enter jail.landlock jail.measurement jail.proc
        jail.process_title jail.process_tree jail.refused_calls jail.scratch
        jail.seccomp jail.spare_users jail.userns jail.warden
        wire wire.abilities wire.arrays wire.codec wire.containers wire.frames
        wire.keras_codec wire.keras_functions wire.keras_own wire.sharing
        wire.kinds wire.messages wire.named_tuples wire.named_types wire.numpy_codec
        wire.pandas_codec wire.registry wire.scipy_codec wire.size_check
        wire.standard_values
        """.split()
    ),
}
FOREIGN = """
    cnnlab distributed jinja2 keras nbclient nbconvert nbformat nbgrader pandas
    papermill rich sklearn sqlalchemy tensorflow typer yaml
""".split()
# Their faces are imported by the processes above.
PACKAGES = """
    grader grader.notebooks grader.execution grader.execution.examiner
    grader.execution.fork_server grader.execution.inside grader.execution.jail
    grader.execution.kernel grader.execution.wire
""".split()
RUN_FILE = "runpy:run_path"
WRITE = "import json, sys; json.dump(sorted(sys.modules), open({!r}, 'w'))"
SHOW = "import json, sys; print(json.dumps(sorted(sys.modules)))"


@pytest.fixture(scope="module")
def source() -> Iterator[ForkServer]:
    """Start a fork server as the grader's own, whose forks can also run a file."""
    entries = (*PREPARATION.entries, RUN_FILE)
    preparation = Preparation(entries, PREPARATION.build)
    with ForkServer.start(["numpy"], preparation) as started:
        yield started


@pytest.fixture(scope="module")
def kernel(source: ForkServer) -> Iterator[Kernel]:
    """Start a jailed kernel that has run a student's function."""
    limits = Limits(memory_mb=512)
    with (
        closing(open_jailer("bwrap", source, ["numpy"], limits)) as jailer,
        Kernel(jailer) as opened,
    ):
        assert opened.run("def double(x): return x * 2", 20).ended == "ok"
        yield opened


def test_a_fork_server_holds_no_more_than_is_listed(
    source: ForkServer, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(WRITE.format(str(tmp_path / "modules")))
    pidfd = source.fork(RUN_FILE, str(script), [])
    assert forks.has_exited(pidfd, 20)
    check(json.loads((tmp_path / "modules").read_text()), "inside.main")


def test_a_jailed_kernel_holds_no_more_than_is_listed(kernel: Kernel) -> None:
    (shown,) = kernel.run(SHOW, 20).outputs
    check(json.loads(shown["text"]), "inside.main")


def test_an_examiner_holds_no_more_than_is_listed(
    source: ForkServer, kernel: Kernel, tmp_path: Path
) -> None:
    test = f"assert double(4) == 8\n{WRITE.format(str(tmp_path / 'modules'))}"
    with Examiner(source, {"double"}, {}, {"numpy"}, 5) as examiner:
        examiner.attach(kernel.call, kernel.processes)
        examiner.test("double-test", test, 1, 20)
    check(json.loads((tmp_path / "modules").read_text()), "examiner.process")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_alone_imports_nothing_of_ours(package: str) -> None:
    code = f"import sys, {package}; print(*(m for m in sys.modules if 'grader' in m))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    parents = {".".join(package.split(".")[:n]) for n in range(1, 4)}
    assert set(done.stdout.split()) == parents


def check(modules: list[str], expected: str) -> None:
    """Check the modules of a process, of which one is expected."""
    ours = {name for name in modules if name.split(".")[0] == "grader"}
    assert f"grader.execution.{expected}" in ours
    assert ours - ALLOWED == set()
    assert {name.split(".")[0] for name in modules}.isdisjoint(FOREIGN)
