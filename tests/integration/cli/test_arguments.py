"""What is said of wrong arguments: what, where, the bad value, and what is legal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from grader import cli
from grader.cli import arguments
from grader.cli.shell import app
from tests.support.command_line import Run

GROUP: Any = typer.main.get_command(app)
# Words of the option parser, which know neither the value nor what is legal.
PARSERS_WORDS = ("Usage:", "Error:", "Value error", "Input should", "Missing", "Try '")


def options() -> Iterator[tuple[str, Any]]:
    """Yield each option of the grader once, with a command that has it."""
    found: dict[str, tuple[str, Any]] = {}
    for name, command in GROUP.commands.items():
        for option in command.params:
            # `-p NAME VALUE` is not the parser's: it has a test of its own.
            if option.param_type_name == "option" and option.opts[0] != "-p":
                found.setdefault(option.opts[0], (name, option))
    yield from found.values()


def legal(name: str, option: Any) -> arguments.Legal:
    return arguments.legal(GROUP.commands[name].callback, option.name)


OPTIONS = list(options())
LIMITED = [(n, o) for n, o in OPTIONS if legal(n, o).choices or legal(n, o).number]


def told(run: Run, *given: str) -> str:
    """Return what is said of wrong arguments; it is never the parser's own text."""
    status, out, err = run(*given)
    assert (status, out) == (cli.UNUSABLE, "")
    assert not any(word in err for word in PARSERS_WORDS), err
    said, following = err.rstrip("\n").split("\n")
    assert said.startswith("grader: ")
    assert following == f"Next: grader {given[0]} --help"
    return said.removeprefix("grader: ")


def test_options_that_are_written_wrongly(run: Run) -> None:
    for name, option in OPTIONS:
        spelling = option.opts[0]
        said = told(run, name, f"{spelling}x")
        assert f"{name} has no option '{spelling}x' (did you mean {spelling}?)" in said
        if option.is_flag:
            said = told(run, name, f"{spelling}=yes")
            assert said.endswith(f"{spelling} takes no value; write {spelling} alone")
        else:
            said = told(run, name, spelling)
            write = f"{spelling} needs a value: write {spelling} "
            assert said.startswith(write)
            assert len(said) > len(write) + 9


def test_values_that_are_not_legal(run: Run) -> None:
    assert {"--workers", "--sandbox", "--to"} <= {each.opts[0] for _, each in LIMITED}
    for name, option in LIMITED:
        spelling, allowed = option.opts[0], legal(name, option)
        said = told(run, name, spelling, "moon")
        if allowed.choices:
            assert said.startswith(f"{spelling} 'moon' is unknown")
            assert all(choice in said for choice in allowed.choices)
            continue
        assert f"{spelling} 'moon' is not a whole number; give a whole number" in said
        if allowed.least is not None:
            below = str(int(allowed.least) - 1)
            said = told(run, name, f"{spelling}={below}")
            assert f"{spelling} '{below}' is too small" in said
            assert said.endswith(f"from {allowed.least} on")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["grade"], "grade needs --class FOLDER: Class folder, which contains"),
        (["collect"], "collect needs SOURCE: A folder, a zip or tar archive, or one"),
        (["check"], "check needs FILE: Your saved notebook"),
        (["export", "--class", "x"], "export needs --to NAME: choose csv, canvas,"),
        (
            ["collect", "a", "--class", "x", "b c"],
            "collect takes only SOURCE; too many: 'b c'",
        ),
        (["doctor", "lab"], "doctor takes options only; too many: 'lab'"),
        (
            ["grade", "--class", "x", "--sandbox", "bwarp"],
            "--sandbox 'bwarp' is unknown (did you mean bwrap?); choose auto, bwrap,",
        ),
    ],
)
def test_what_is_missing_or_too_much(
    run: Run, given: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADER_CLASS", raising=False)
    assert expected in told(run, *given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("grad", "there is no command 'grad' (did you mean grade?); there are doctor,"),
        ("--verion", "grader has no option '--verion' (did you mean --version?)"),
    ],
)
def test_what_stands_before_a_command(run: Run, given: str, expected: str) -> None:
    status, _, err = run(given)
    assert status == cli.UNUSABLE
    assert err.startswith(f"grader: {expected}")
    assert err.endswith("\nNext: grader --help\n")


def test_a_value_cannot_control_the_terminal(run: Run) -> None:
    said = told(run, "grade", "--class", "x", "--sandbox", "\x1b[31m")
    assert "\x1b" not in said


def test_without_arguments_the_help_is_shown(run: Run) -> None:
    status, _, err = run()
    assert status == cli.UNUSABLE
    assert "Commands:" in err


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["-p"], "nothing"),
        (["-p", "epochs"], "'epochs'"),
        (["-pepochs=1"], "'epochs=1'"),
        (["-p", "2", "3"], "'2' '3'"),
    ],
)
def test_a_parameter_of_a_notebook_that_is_not_a_pair(
    run: Run, given: list[str], shown: str
) -> None:
    status, _, err = run("run", *given)
    assert status == cli.UNUSABLE
    assert f"such as -p epochs 1; behind it is {shown}." in err
