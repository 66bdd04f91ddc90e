"""The runtime is described in one line, without the warnings of an import."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

from cnnlab import runtime

pytestmark = pytest.mark.slow


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    env = os.environ | environment
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.mark.nightly
def test_one_line_and_nothing_else() -> None:
    done = run("from cnnlab.runtime import describe_runtime as d; print(d())")
    assert done.stderr == ""
    match = re.fullmatch(r"(CPU|GPU), (.*)\n", done.stdout)
    assert match
    assert f"TensorFlow {version('tensorflow')}, Keras {version('keras')}" in match[2]


def test_without_tensorflow_the_error_says_how_to_install_it() -> None:
    code = "import sys; sys.modules['tensorflow'] = None; import cnnlab.runtime as r\n"
    done = run(code + "r.describe_runtime()")
    assert done.returncode == 1
    assert "pip install 'tensorflow" in done.stderr


def test_hidden_warnings_are_shown_after_a_failure(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ZeroDivisionError), runtime._stderr_hidden():
        os.write(2, b"why it failed\n") / 0
    assert capfd.readouterr().err == "why it failed\n"


def test_the_error_stream_works_again(capfd: pytest.CaptureFixture[str]) -> None:
    with runtime._stderr_hidden():
        os.write(2, b"chatter\n")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"
