"""A JupyterLab as `make lab` starts it, and a browser that looks at it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.paths import ROOT

CONFIG = ROOT / "scripts" / "student-lab"
START_SECONDS = 120
# As many answers that say so, a quarter of a second apart, mean that a kernel is idle.
QUIET = 8
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab.

    Attributes
    ----------
    folder : Path
        Where its notebooks are.
    url : str
        Its address, without a slash at the end.
    """

    folder: Path
    url: str

    def api(self, path: str) -> Any:
        """Return what a page of the server's API says.

        While a kernel starts or ends, the server may fail once or twice.
        """
        for attempt in range(5):
            with (
                contextlib.suppress(urllib.error.HTTPError),
                urllib.request.urlopen(f"{self.url}/api/{path}", timeout=30) as answer,
            ):
                return json.load(answer)
            time.sleep(attempt)
        raise TimeoutError(f"the server's answer to {path} was five times an error")

    def close_notebooks(self) -> None:
        """End all kernels."""
        for session in self.api("sessions"):
            url = f"{self.url}/api/sessions/{session['id']}"
            urllib.request.urlopen(urllib.request.Request(url, method="DELETE"))

    def open(self, page: Page, path: str) -> None:
        """Open a notebook and wait until its kernel can run cells."""
        # Its own workspace, or the notebooks that were open before are opened, too.
        workspace = secrets.token_hex(4)
        page.goto(f"{self.url}/lab/workspaces/{workspace}/tree/{path}")
        page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for(timeout=120_000)
        until(lambda: bool(self.kernels()) and set(self.kernels()) == {"idle"}, 120)

    def kernels(self) -> list[str]:
        """Return the state of each kernel, such as ``idle``."""
        return [kernel["execution_state"] for kernel in self.api("kernels")]

    def run_all(self, page: Page, path: str, seconds: float) -> list[dict[str, Any]]:
        """Run all cells from the menu; return the code cells of the saved file.

        Waits until the last code cell has run, or one before it has failed.
        """
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        quiet = 0

        def is_done() -> bool:
            nonlocal quiet
            quiet = quiet + 1 if set(self.kernels()) == {"idle"} else 0
            return quiet >= QUIET

        end = time.monotonic() + seconds
        while True:
            quiet = 0
            until(is_done, end - time.monotonic())
            cells = self.save(page, path)
            if cells[-1]["execution_count"] or any(map(_has_failed, cells)):
                return cells

    def save(self, page: Page, path: str) -> list[dict[str, Any]]:
        """Save the notebook that is open; return its code cells as they are on disk."""
        file = self.folder / path
        before = file.stat().st_mtime_ns
        page.keyboard.press("Control+s")
        until(lambda: file.stat().st_mtime_ns != before and _is_whole(file), 90)
        cells = json.loads(file.read_text("utf-8"))["cells"]
        return [cell for cell in cells if cell["cell_type"] == "code"]


def _has_failed(cell: dict[str, Any]) -> bool:
    return any(output["output_type"] == "error" for output in cell["outputs"])


def until(condition: Callable[[], bool], seconds: float) -> None:
    """Wait until a condition holds.

    Raises
    ------
    TimeoutError
        If it does not within these seconds.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds:.0f} s")
        time.sleep(0.25)


@contextlib.contextmanager
def start_lab(folder: Path) -> Iterator[Lab]:
    """Start JupyterLab on a port of its own, configured as `make lab` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder.parent / f"{folder.name}-settings"
    command: list[str | Path] = [
        Path(sys.executable).with_name("jupyter"),
        *("lab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.user_settings_dir={settings}",
        f"--LabApp.workspaces_dir={settings}/workspaces",
        "--LabApp.news_url=None",
        "--ServerApp.disable_check_xsrf=True",
    ]
    log = folder.parent / f"{folder.name}.log"
    env = os.environ | {"JUPYTER_CONFIG_PATH": str(CONFIG)}
    env.pop("PYTEST_CURRENT_TEST", None)
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=env)
    lab = Lab(folder, f"http://127.0.0.1:{port}")
    try:
        until(lambda: _answers(lab), START_SECONDS)
        yield lab
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server. On a busy machine it may wait long for its kernels to end."""
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(lab: Lab) -> bool:
    with contextlib.suppress(OSError):
        lab.api("status")
        return True
    return False


def _is_whole(file: Path) -> bool:
    """Say whether a file is JSON to its end: the server may still be writing it."""
    with contextlib.suppress(ValueError):
        json.loads(file.read_text("utf-8"))
        return True
    return False


@contextlib.contextmanager
def start_browser() -> Iterator[Browser]:
    """Start the system's Chromium; skip the test where there is none, but not in CI."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = "no Chromium: scripts/system-packages chromium"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        try:
            yield browser
        finally:
            browser.close()
