"""What the pages on containers, GitHub and JupyterHub show works, as far as it can.

Each page ends with what this tries. Packages have their own tests.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.paths import GRADER, MANGLED_COURSE, ROOT

Submit = Callable[..., Path]
PAGES = [
    ROOT / "docs/how-to" / name
    for name in ("docker.md", "github-actions.md", "codespaces.md", "jupyterhub.md")
]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# At the start of a line, in a workflow, or as an image's name with its command.
COMMAND = re.compile(r"(?:^|run: |--rm |\" )grader ([a-z].*)$", re.MULTILINE)
# What stands for the reader's own names.
OURS = {
    "02_convolutions": "averages",
    "/srv/nbgrader/exchange/COURSE/inbound": "inbound",
    "CLASS": "class",
    "/class": "class",
}
# They need minutes, or another machine; other tests run them.
ELSEWHERE = {"compare", "verify"}


def blocks(path: Path) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in BLOCK.findall(path.read_text("utf-8"))]


def commands() -> list[list[str]]:
    """Return the commands of all pages, each once, in an order that works."""
    found = {
        tuple(shlex.split(words))
        for path in PAGES
        for _, text in blocks(path)
        for words in COMMAND.findall(text.replace("\\\n", ""))
    }
    named = [[_own(word) for word in words] for words in found]
    order = ("release", "lint", "doctor", "check", "collect", "grade", "feedback")
    wanted = [words for words in named if words[0] not in ELSEWHERE]
    return sorted(wanted, key=lambda words: (order.index(words[0]), words))


def _own(word: str) -> str:
    for theirs, ours in OURS.items():
        word = word.replace(theirs, ours)
    return word


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, submit: Submit) -> Path:
    """Return a course, with student copies and nbgrader's exchange beside it."""
    made = tmp_path_factory.mktemp("course")
    subprocess.run(["cp", "-rT", MANGLED_COURSE, made], check=True)
    (made / "pyproject.toml").write_text(
        "[tool.grader]\nrepository = 'your_university/course'\nbranch = 'main'\n"
    )
    subprocess.run([GRADER, "release"], cwd=made, check=True, capture_output=True)
    inbound = made / "inbound/ada+averages+2026-01-31 10:00:00 UTC"
    submit(made / "given", "ada").parent.rename(_parent(inbound))
    return made


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    return path


def test_the_pages_show_commands() -> None:
    assert {words[0] for words in commands()} >= {"grade", "check", "collect", "lint"}


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_every_command_of_the_pages_runs(folder: Path) -> None:
    for words in commands():
        environment = {"GRADER_CLASS": "class", "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            [GRADER, *words],
            cwd=folder,
            capture_output=True,
            text=True,
            env=environment,
        )
        # 1 says that something falls short: a finding, a question without an answer.
        expected = (0, 1) if words[0] in ("check", "doctor", "lint") else (0,)
        assert done.returncode in expected, (words, done.stdout, done.stderr)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_shown_as_yaml_or_json_is(path: Path) -> None:
    reads: dict[str, Callable[[str], Any]] = {
        "yaml": yaml.safe_load,
        "json": json.loads,
    }
    for kind, text in blocks(path):
        if kind in reads:
            assert reads[kind](text)
