"""The jail by its kernel's name, for whatever starts kernels."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import papermill
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

import grader.execution.jail
from grader.errors import CourseError, JailError
from grader.execution.jail import provisioner
from tests.support.kernels import descriptors

SPEC = Path(grader.execution.jail.__file__).parent / "kernelspec"
NAME = "grader-jail"
LOOK = (
    "import os; print(os.listdir('/home'), os.getuid(), os.path.exists('/etc/passwd'))"
)
JAILED = "['student'] 1000 False\n"

# Warned of by libraries that know of no other loop or path.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put the kernel spec where Jupyter looks, with NumPy alone to import."""
    folder = tmp_path / "share" / "kernels" / NAME
    folder.mkdir(parents=True)
    spec = json.loads((SPEC / "kernel.json").read_text())
    spec["metadata"]["kernel_provisioner"]["config"]["imports"] = ["numpy"]
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    yield folder / "kernel.json"
    for source in _fork_servers():
        source.close()
    provisioner._fork_server.cache_clear()


def _fork_servers() -> list[Any]:
    return (
        [provisioner._fork_server(("numpy",))]
        if provisioner._fork_server.cache_info().currsize
        else []
    )


def notebook(*sources: str) -> Any:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


def test_the_package_installs_the_kernel_spec() -> None:
    found = KernelSpecManager().get_kernel_spec(NAME)
    assert json.loads((SPEC / "kernel.json").read_text())["argv"] == found.argv
    assert found.metadata["kernel_provisioner"]["provisioner_name"] == NAME


def test_nbclient_runs_a_notebook_in_the_jail(named: Path) -> None:
    ran = notebook("x = 5", LOOK, "x")
    nbclient.NotebookClient(ran, kernel_name=NAME, timeout=60).execute()
    assert ran.cells[1].outputs[0]["text"] == JAILED
    assert ran.cells[2].outputs[0]["data"]["text/plain"] == "5"


def test_nbclient_can_interrupt_a_cell_and_go_on(named: Path) -> None:
    ran = notebook("import time\ntime.sleep(60)", "print('next')")
    client = nbclient.NotebookClient(
        ran, kernel_name=NAME, timeout=1, interrupt_on_timeout=True, allow_errors=True
    )
    client.execute()
    assert ran.cells[0].outputs[0]["ename"] == "KeyboardInterrupt"
    assert ran.cells[1].outputs[0]["text"] == "next\n"


def test_nbclient_notices_a_kernel_that_dies(named: Path) -> None:
    with pytest.raises(nbclient.exceptions.DeadKernelError):
        nbclient.NotebookClient(
            notebook("import os; os._exit(0)"), kernel_name=NAME, timeout=60
        ).execute()


def test_papermill_runs_a_notebook_in_the_jail(named: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.ipynb"
    nbformat.write(notebook("x = 1", LOOK), source)
    ran = papermill.execute_notebook(
        str(source), str(tmp_path / "out.ipynb"), kernel_name=NAME, progress_bar=False
    )
    assert ran.cells[1].outputs[0]["text"] == JAILED


def test_a_kernel_restarts_with_nothing_kept(named: Path) -> None:
    async def restart() -> list[str]:
        manager = AsyncKernelManager(kernel_name=NAME)
        await manager.start_kernel()
        try:
            first = await _run(manager, "x = 5; print(x)")
            await manager.restart_kernel(now=True)
            return [first, await _run(manager, "print('x' in globals())")]
        finally:
            await manager.shutdown_kernel(now=True)
            assert not await manager.is_alive()

    assert asyncio.run(restart()) == ["5\n", "False\n"]


async def _run(manager: AsyncKernelManager, source: str) -> str:
    client = manager.client()
    client.start_channels()
    said: list[str] = []
    try:
        await client.wait_for_ready(timeout=60)
        await client.execute_interactive(
            source,
            timeout=60,
            output_hook=lambda m: said.append(m["content"].get("text", "")),
        )
    finally:
        client.stop_channels()
    return "".join(said)


def test_limits_of_the_kernel_spec_count(named: Path) -> None:
    spec = json.loads(named.read_text())
    spec["metadata"]["kernel_provisioner"]["config"]["limits"] = {"memory_mb": 100}
    named.write_text(json.dumps(spec))
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="MemoryError"):
        nbclient.NotebookClient(
            notebook("bytearray(300 << 20)"), kernel_name=NAME, timeout=60
        ).execute()


def test_an_unknown_limit_starts_no_kernel(named: Path) -> None:
    spec = json.loads(named.read_text())
    spec["metadata"]["kernel_provisioner"]["config"]["limits"] = {"memory": 100}
    named.write_text(json.dumps(spec))
    with pytest.raises(CourseError, match="unknown limit memory"):
        nbclient.NotebookClient(notebook("1"), kernel_name=NAME).execute()


def test_without_a_kernel_there_is_nothing_to_signal() -> None:
    made = provisioner.JailProvisioner()
    assert not made.has_process
    assert asyncio.run(made.poll()) == 1
    with pytest.raises(JailError, match="no kernel"):
        asyncio.run(made.send_signal(2))
    asyncio.run(made.kill())
    assert asyncio.run(made.wait()) == 0


def test_nothing_is_left_behind(named: Path, processes: Callable[[], set[str]]) -> None:
    def left() -> tuple[set[str], list[str], int]:
        nbclient.NotebookClient(notebook("1"), kernel_name=NAME, timeout=60).execute()
        (source,) = _fork_servers()
        names = [path.name for path in Path(source.folder).iterdir()]
        return processes(), names, descriptors()

    first = left()
    assert first[1] == ["fork"]
    assert left() == first
