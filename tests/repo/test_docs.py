"""What the documents name is there: paths, links, commands, options, make targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer

from grader.cli import app
from tests.support.paths import ROOT

# Its text is about earlier states of the repository, which had other files.
HISTORY = ROOT / "CHANGELOG.md"
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "[a-z]*/README.md")
    for path in ROOT.glob(pattern)
    if path != HISTORY
)
# Decisions say where these were before.
GONE = {"tests/mutants"}
# Files of a course made for nbgrader.
FOREIGN = {"nbgrader_config.py"}
# Options that documents name alone and that belong to another program.
OTHER_OPTIONS = {"--build-arg", "--lifetime", "--nthreads", "--sandboxes", "--strict"}

FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
INDENTED = re.compile(r"(?<=\n\n)(?: {4}.+\n)+")
COMMENT = re.compile(r" #.*")
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)", re.MULTILINE)
PLACEHOLDER = re.compile(r"(^|[/_-])[A-Z][A-Z_]*([/._-]|$)")
COMMAND = re.compile(r"\bgrader +([a-z]+)\b([^#|\n]*)")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*|-[a-z])(?![\w-])")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
MODULE = re.compile(r"\bpython -m ((?:benchmarks|fuzz|grader)[\w.]*)")


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def code(text: str) -> Iterator[str]:
    """Yield what a document shows as code: blocks with joined lines, then spans."""
    for block in (*FENCED.findall(text), *INDENTED.findall(text)):
        yield COMMENT.sub("", block.replace("\\\n", " "))
    for span in SPAN.findall(FENCED.sub("", text)):
        yield " ".join(span.split())


@cache
def folders() -> frozenset[str]:
    """Return the folders of the repository, without those that git ignores."""
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()}
    found = {path.name for path in ROOT.iterdir() if path.is_dir()}
    return frozenset(found - ignored - {".git"})


@cache
def file_names() -> frozenset[str]:
    found = (path.name for folder in folders() for path in ROOT.glob(f"{folder}/**/*"))
    return frozenset(found) | {path.name for path in ROOT.iterdir()}


def is_missing(word: str) -> bool:
    """Say whether a word names a path of this repository that is not there."""
    if PLACEHOLDER.search(word) or word.rstrip("/") in GONE:
        return False
    if "/" in word:
        if word.split("/")[0] not in folders():
            return False
        return not (any(ROOT.glob(word)) if "*" in word else (ROOT / word).exists())
    if re.fullmatch(r"[\w.-]+\.(py|md|lock)", word):
        return word not in file_names() | FOREIGN
    return False


def missing_paths(text: str) -> list[str]:
    words = [word.strip(",;:()") for piece in code(text) for word in piece.split()]
    return sorted({word for word in words if is_missing(word)})


def anchors(path: Path) -> set[str]:
    headings = HEADING.findall(FENCED.sub("", path.read_text("utf-8")))
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {re.sub(r"\s", "-", heading) for heading in plain}


def dead_links(path: Path) -> list[str]:
    found = []
    for link in LINK.findall(FENCED.sub("", path.read_text("utf-8"))):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@cache
def options() -> dict[str, frozenset[str]]:
    """Return the options of each command, as its help lists them."""
    group = typer.main.get_command(app)
    listed = getattr(group, "commands", {})
    return {
        name: frozenset(
            option
            for parameter in command.params
            for option in (*parameter.opts, *parameter.secondary_opts)
        )
        | {"--help", "-h"}
        for name, command in listed.items()
    }


def wrong_commands(text: str) -> list[str]:
    found = []
    for piece in code(text):
        for name, rest in COMMAND.findall(piece):
            if name not in options():
                found.append(f"grader {name}")
                continue
            unknown = set(OPTION.findall(rest)) - options()[name]
            found += [f"grader {name} {option}" for option in sorted(unknown)]
        if re.fullmatch(r"--[a-z-]+( .*)?", piece):
            known = frozenset[str]().union(*options().values()) | OTHER_OPTIONS
            found += [piece] * (piece.split()[0] not in known)
    return found


def wrong_targets(text: str) -> list[str]:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    return [name for p in code(text) for name in MAKE.findall(p) if name not in targets]


def missing_modules(text: str) -> list[str]:
    found = []
    for name in (name for piece in code(text) for name in MODULE.findall(piece)):
        path = ROOT / name.replace(".", "/")
        if not PLACEHOLDER.search(name) and not (path / "__main__.py").exists():
            found.append(name)
    return found


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=names(DOCUMENTS))


@each_document
def test_every_path_is_there(path: Path) -> None:
    assert missing_paths(path.read_text("utf-8")) == []


@each_document
def test_every_link_leads_somewhere(path: Path) -> None:
    assert dead_links(path) == []


@each_document
def test_every_command_and_option_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    assert wrong_commands(text) == []
    assert wrong_targets(text) == []
    assert missing_modules(text) == []


def test_the_changelog_has_no_dead_link() -> None:
    assert dead_links(HISTORY) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("See `grader/batch/fleet.py`.", "grader/batch/fleet.py"),
        ("Run `tests/contained .venv/bin/pytest tests/no_such`.", "tests/no_such"),
        ("In `docs/*.rst` and\n`docs/*.md`.", "docs/*.rst"),
        ("It is `registrar.py`.", "registrar.py"),
        ("```\ncat scripts/nothing\n```\n", "scripts/nothing"),
    ],
)
def test_a_path_that_is_not_there_is_found(text: str, missing: str) -> None:
    assert missing_paths(text) == [missing]


@pytest.mark.parametrize(
    "text",
    [
        "`grader/errors.py`, `tests/hostile/`, `solutions/wrong_answers/NOTEBOOK/`",
        "`source/ASSIGNMENT/*.ipynb`, `.venv/bin/grader`, `build/run/index.html`",
        "`nbgrader_config.py`, `results.jsonl`, `import grader`",
    ],
)
def test_a_path_of_elsewhere_is_let_pass(text: str) -> None:
    assert missing_paths(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("`grader mark`", "grader mark"),
        ("`grader grade --hand-in x`", "grader grade --hand-in"),
        (
            "```\ngrader run NAME \\\n    --unknown  # --more\n```\n",
            "grader run --unknown",
        ),
        ("`grader export --to csv\n-z`", "grader export -z"),
        ("Use `--no-such`.", "--no-such"),
    ],
)
def test_a_wrong_command_is_found(text: str, wrong: str) -> None:
    assert wrong_commands(text) == [wrong]


def test_a_wrong_target_module_or_link_is_found(tmp_path: Path) -> None:
    assert wrong_targets("`make test` and `make tea`") == ["tea"]
    text = "`python -m benchmarks.grading` and\n\n    python -m benchmarks.tea\n"
    assert missing_modules(text) == ["benchmarks.tea"]
    page = tmp_path / "page.md"
    page.write_text(
        "# A head, here\n[a](#a-head-here) [b](#b) [c](c.md) [d](page.md)\n"
    )
    assert dead_links(page) == ["#b", "c.md"]
