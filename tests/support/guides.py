"""Do what the code blocks of a guide say, in order, in a fresh folder.

A comment of HTML in front of a block says what is done with it; readers do not see it.

=============================  ====================================================
``<!-- starts in: NAME -->``   at the top of a page: the folder that its reader is in
``<!-- tested by: FILE -->``   at the top of a page: another test runs its blocks
``<!-- file: PATH -->``        the block is the content of that file
``<!-- more of: PATH -->``     the block is put at the end of that file
``<!-- cell: PATH NAME -->``   the block becomes the text of a notebook's cell
``<!-- output -->``            the last commands printed these lines, in this order
``<!-- status: N -->``         the commands end with this exit status, not 0
``<!-- not run: REASON -->``   the block cannot be run here
=============================  ====================================================

Without one, a block in ``sh`` or ``python`` is run, and any other is an error.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_BLOCK = re.compile(
    r"^(?:<!-- (?P<about>[^\n]*?) -->\n+)?```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
_INDENTED = re.compile(r"(?<=[^-*\d]\n\n)(?: {4}[a-z.$].*\n)+")
_PAGE = re.compile(r"^<!-- (starts in|tested by): (.*?) -->$", re.MULTILINE)
_ALONE = {"output"}
_KINDS = _ALONE | {"file", "more of", "cell", "status", "not run"}
_FORMS = "sh", "python"


@dataclass(frozen=True, slots=True)
class Block:
    """One code block of a page.

    Attributes
    ----------
    line : int
        Where it begins.
    language, text : str
        What stands behind the three backticks, and below them.
    kind, value : str
        What the comment in front of it says; empty without one.
    """

    line: int
    language: str
    text: str
    kind: str = ""
    value: str = ""


class GuideError(AssertionError):
    """A block of a page cannot be read, or does not do what the page says."""


def blocks(page: str) -> Iterator[Block]:
    """Yield the code blocks of a page.

    Raises
    ------
    GuideError
        If a comment says what nobody understands, or code is only indented.
    """
    rest = _BLOCK.sub("", page)
    if found := _INDENTED.search(rest):
        raise GuideError(f"{found[0]!r} is indented: put it between backticks")
    if "```" in rest:
        raise GuideError("a block is not closed, or does not begin its line")
    for found in _BLOCK.finditer(page):
        kind, _, value = (found["about"] or "").partition(": ")
        line = page[: found.start("language")].count("\n") + 1
        if kind and (kind not in _KINDS or bool(value) is (kind in _ALONE)):
            raise GuideError(f"line {line}: not understood: {found['about']}")
        yield Block(line, found["language"], found["text"], kind, value)


def says(page: str, what: str) -> str:
    """Return what a page says about itself: ``starts in`` or ``tested by``."""
    return next((value for name, value in _PAGE.findall(page) if name == what), "")


@dataclass
class Reader:
    """Somebody who does what a page says.

    Attributes
    ----------
    folder : Path
        Where the reader is.
    printed : str
        What the last commands printed.
    """

    folder: Path
    printed: str = field(default="", init=False)

    def follow(self, page: str) -> None:
        """Do what the page says, block by block."""
        for block in blocks(page):
            if block.kind != "not run":
                self.do(block)

    def do(self, block: Block) -> None:
        """Do what one block says.

        Raises
        ------
        GuideError
            If it does not work as the page says.
        """
        if block.kind in ("file", "more of"):
            self.write(block)
        elif block.kind == "cell":
            path, name = block.value.split()
            put(self.folder / path, name, block.text.rstrip("\n"))
        elif block.kind == "output":
            self.compare(block)
        elif block.language in _FORMS:
            self.run(block)
        else:
            raise GuideError(
                f"line {block.line}: a block in {block.language or 'no language'} "
                "without a comment that says what to do with it"
            )

    def write(self, block: Block) -> None:
        """Write a block into a file, or at the end of one."""
        path = self.folder / block.value
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w" if block.kind == "file" else "a", encoding="utf-8") as file:
            file.write(block.text)

    def run(self, block: Block) -> None:
        """Run commands, or a script, and keep what they print."""
        where = self.folder / ".where"
        last = f'\nstatus=$?\npwd > "{where}"\nexit $status\n'
        shell = ["bash", "-c", f"{_each(block.text)}{last}"]
        script = [sys.executable, "-c", block.text]
        done = subprocess.run(
            shell if block.language == "sh" else script,
            cwd=self.folder,
            env=_environment(self.folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.printed = done.stdout
        wanted = int(block.value) if block.kind == "status" else 0
        if done.returncode != wanted:
            raise GuideError(
                f"line {block.line}: ended with {done.returncode}, not {wanted}:\n"
                f"{block.text}\n{done.stdout}"
            )
        if where.exists():
            self.folder = Path(where.read_text(encoding="utf-8").strip())
            where.unlink()

    def compare(self, block: Block) -> None:
        """Look for the lines of a block in what was printed, in their order."""
        rest = map(_plain, self.printed.splitlines())
        for line in filter(None, map(_plain, block.text.splitlines())):
            if not any(_like(line, said) for said in rest):
                raise GuideError(
                    f"line {block.line}: {line!r} was not printed, or not in this "
                    f"place, but:\n{self.printed}"
                )


def _each(commands: str) -> str:
    """Join commands so that each of them must succeed, without their comments."""
    lines = commands.replace("\\\n", " ").splitlines()
    bare = (re.sub(r"(^|\s)# .*", "", line).strip() for line in lines)
    return " && ".join(filter(None, bare))


def _plain(line: str) -> str:
    return " ".join(line.split())


def _like(shown: str, said: str) -> bool:
    """Compare a line of a page, where ``…`` stands for anything, with a printed one."""
    return re.fullmatch(".*".join(map(re.escape, shown.split("…"))), said) is not None


def _environment(folder: Path) -> dict[str, str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return dict(os.environ) | {"PATH": programs, "COLUMNS": "100", "HOME": str(folder)}


def put(path: Path, name: str, text: str) -> None:
    """Write the text of a notebook's cell, as somebody does in Jupyter."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if name in (cell.get("id"), about.get("grade_id")):
            cell["source"] = text.splitlines(keepends=True)
            made = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
            path.write_text(made, encoding="utf-8")
            return
    raise GuideError(f"{path} has no cell {name}")


__all__ = ["Block", "GuideError", "Reader", "blocks", "put", "says"]
