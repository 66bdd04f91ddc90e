"""What all tests share: hostile code runs in tests/contained, or not at all."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

pytest_plugins = ["tests.support.kernels"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        action="store_true",
        help="write tests/mangled/expected anew; read the difference",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long: the last one keeps a single worker busy."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


def contained() -> bool:
    """Say whether this process is where tests/contained puts it; ask the system."""
    interfaces = {name for _, name in socket.if_nameindex()}
    first = Path("/proc/1/cmdline").read_bytes()
    return (
        os.environ.get("GRADER_CONTAINED") == "1"
        and interfaces == {"lo"}
        and b"contained\0--inside" in first
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("hostile") is None or contained():
        return
    reason = "hostile code runs only so: tests/contained .venv/bin/pytest -m hostile"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
