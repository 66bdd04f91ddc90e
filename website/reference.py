"""Pages about the commands and the Python names, written from the code itself."""

from __future__ import annotations

import re
from typing import Any

import typer

import grader
from cnnlab import explorers, figures
from grader.cli import app

_PROGRAM = "grader"


def commands() -> str:
    """Return the page about all commands, from the texts that ``--help`` shows."""
    group: Any = typer.main.get_command(app)
    parts = [
        "# Commands",
        "Each command has `--help`, which says the same as this page. The exit status "
        "is 0 if all is well, 1 if something falls short, and 2 if the command cannot "
        "use what it was given.",
    ]
    for name, command in sorted(group.commands.items()):
        parts += _command(f"{_PROGRAM} {name}", command)
    return "\n\n".join(parts) + "\n"


def _command(name: str, command: Any) -> list[str]:
    context = command.context_class(command, info_name=name)
    usage = re.sub(r"\s+", " ", command.get_usage(context)).removeprefix("Usage: ")
    parts = [
        f"## {name}",
        _as_text(command.help or ""),
        f"```text\n{usage}\n```",
    ]
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record:
            names, meaning = record
            parts.append(f"`{names}`\n: {_as_text(meaning)}")
    return parts


def _as_text(text: str) -> str:
    """Return a help text as Markdown, with special characters escaped."""
    paragraphs = (re.sub(r"\s+", " ", p).strip() for p in text.split("\n\n"))
    return "\n\n".join(re.sub(r"([\\`*_\[\]<>$|{}])", r"\\\1", p) for p in paragraphs)


def python() -> str:
    """Return the page about the grader's Python names; Sphinx adds the docstrings."""
    parts = [
        "# The grader from Python",
        "Written from the docstrings of the package `grader`. "
        "[The guide](../guides/reference/api.md) shows how to use them together.",
    ]
    public = (name for name in grader.__all__ if not name.startswith("_"))
    for name in sorted(public, key=_classes_last):
        parts.append(_documented(f"{_PROGRAM}.{name}", _directive(grader, name)))
    return "\n\n".join(parts) + "\n"


def course_package() -> str:
    """Return the page about the package ``cnnlab``; Sphinx adds the docstrings."""
    parts = [
        "# Figures and explorers",
        "Written from the docstrings of the package `cnnlab`, which notebooks import.",
        "## Figures",
        *(
            _documented(f"cnnlab.figures.{name}", _directive(figures, name))
            for name in figures.__all__
        ),
        "## Explorers",
        *(
            _documented(f"cnnlab.explorers.{name}", _directive(explorers, name))
            for name in explorers.__all__
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _directive(module: Any, name: str) -> str:
    """Return the directive of Sphinx's autodoc that documents a name of a module."""
    found = getattr(module, name)
    if isinstance(found, type):
        return "autoexception" if issubclass(found, BaseException) else "autoclass"
    return "autofunction" if callable(found) else "autodata"


def _documented(name: str, directive: str) -> str:
    members = "   :members:\n" if directive == "autoclass" else ""
    return f"```{{eval-rst}}\n.. {directive}:: {name}\n{members}```"


def _classes_last(name: str) -> tuple[bool, str]:
    return (isinstance(getattr(grader, name), type), name)


__all__ = ["commands", "course_package", "python"]
