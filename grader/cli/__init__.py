"""The command ``grader``: read arguments, call :mod:`grader.api`, print the result.

Exit status: 0 for success, 1 if a check failed or the grader failed, 2 for wrong
usage or unusable input, 130 after Ctrl-C. Each command imports what it needs when it
runs, so that ``--help`` is quick.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from pathlib import Path

import typer

from grader.cli.interrupts import Interrupts
from grader.cli.shell import DONE, INTERRUPTED, SHORT, UNUSABLE, app
from grader.errors import GraderError, UsageError

_NO_COMMANDS = {"__init__", "__main__", "arguments", "interrupts", "shell"}
# The order of --help: what an instructor does, from an empty machine to the grades.
_ORDER = (
    *("doctor", "new", "lint", "run", "release", "verify", "check"),
    *("collect", "grade", "feedback", "report", "export"),
    *("compare", "package", "demo"),
)
# Each other module beside this one adds a command to the application.
_found = {path.stem for path in Path(__file__).parent.glob("*.py")} - _NO_COMMANDS
for _name in (*(n for n in _ORDER if n in _found), *sorted(_found.difference(_ORDER))):
    import_module(f"grader.cli.{_name}")


def main() -> None:
    """Run the command line; turn errors into messages and exit statuses."""
    before = signal.signal(signal.SIGINT, Interrupts())
    try:
        status = app(standalone_mode=False)
    except typer.Exit as leaving:
        status = leaving.exit_code
    except UsageError as error:
        status = _failed(error, UNUSABLE)
    except GraderError as error:
        status = _failed(error, SHORT)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - click's errors have no common public base
        status = _usage_status(error)
    if status == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        typer.echo("grader: stopped.", err=True)
    else:
        signal.signal(signal.SIGINT, before)
    sys.exit(status)


def _failed(error: GraderError, status: int) -> int:
    _complain(str(error))
    return status


def _complain(text: str) -> None:
    from grader.records import printable

    for line in f"grader: {text}".splitlines():
        typer.echo(printable(line), err=True)


def _usage_status(error: Exception) -> int:
    """Say what is wrong with the arguments; raise all other errors again."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    from grader.cli import arguments

    text = arguments.explain(error, app, sys.argv[1:])
    if text is None:
        show()
    else:
        _complain(text)
    return UNUSABLE


__all__ = ["DONE", "INTERRUPTED", "SHORT", "UNUSABLE", "app", "main"]
