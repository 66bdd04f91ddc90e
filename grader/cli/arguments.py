"""Say what is wrong with the arguments of a command, and what is legal instead.

The option parser notices what is wrong. What is legal is read from the commands
themselves: their parameters, and the types in their signatures. The parser's errors are
told apart by the names of their classes, which have no public common base.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin, get_type_hints

import typer

_DEFAULT = re.compile(r" ?\[default: .*\]")
_TOO_MANY = re.compile(r"argument(?:s|\(s\))? \((?P<extra>.*)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Legal:
    """The values that a parameter takes.

    Attributes
    ----------
    choices : tuple of str
        The values to choose from; empty if there is no such list.
    number : bool
        Whether it takes whole numbers.
    least : float or None
        The least number; None if any is legal.
    """

    choices: tuple[str, ...] = ()
    number: bool = False
    least: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What the parser refused.

    Attributes
    ----------
    error : Any
        The parser's error.
    command : Any
        The parser's command: one of the grader's, or ``grader`` itself.
    given : sequence of str
        The arguments behind ``grader``.
    """

    error: Any
    command: Any
    given: Sequence[str]

    @property
    def name(self) -> str:
        """The name of the command."""
        return str(self.command.name)


def explain(error: Exception, app: typer.Typer, given: Sequence[str]) -> str | None:
    """Return what is wrong, what is legal and the next step; None if that is not known.

    Parameters
    ----------
    error
        An error of the option parser.
    app
        The application.
    given
        The arguments of ``grader``.
    """
    group: Any = typer.main.get_command(app)
    context = getattr(error, "ctx", None)
    command = context.command if context else _command(group, given)
    is_group = hasattr(command, "commands")
    say = _SAY.get(type(error).__name__)
    text = say(Refused(error, command, given)) if say else None
    name = "grader" if is_group else f"grader {command.name}"
    return text and f"{text}\nNext: {name} --help"


def _command(group: Any, given: Sequence[str]) -> Any:
    """Return the command that the arguments name; the group if they name none."""
    named = (group.commands[word] for word in given if word in group.commands)
    return next(named, group)


def legal(callback: Callable[..., Any], parameter: str) -> Legal:
    """Return what a parameter of a command takes.

    Parameters
    ----------
    callback
        The function of the command.
    parameter
        The name of the parameter in its signature.
    """
    hint = get_type_hints(callback, include_extras=True)[parameter]
    plain, *about = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    types = list(_plain_types(plain))
    choices = [kind for kind in types if get_origin(kind) is Literal]
    least = next((info.min for info in about if hasattr(info, "min")), None)
    return Legal(
        tuple(str(value) for kind in choices for value in get_args(kind)),
        int in types,
        least,
    )


def _plain_types(hint: Any) -> Iterator[Any]:
    """Yield the types in ``list[X] | None`` and the like."""
    if get_origin(hint) is Literal or not get_args(hint):
        yield hint
        return
    for part in get_args(hint):
        yield from _plain_types(part)


# --- one function for each error of the parser ---


def _missing(refused: Refused) -> str | None:
    parameter = refused.error.param
    if parameter is None:
        return None
    return f"{refused.name} needs {_usage(parameter)}: {_what(refused, parameter)}"


def _bad_value(refused: Refused) -> str | None:
    parameter = refused.error.param
    if parameter is None:
        return None
    spelling, value = _as_given(parameter, refused.given)
    allowed = legal(refused.command.callback, parameter.name)
    if allowed.choices:
        meant = _meant(value, allowed.choices)
        return f"{spelling} {value!r} is unknown{meant}; {_choose(allowed.choices)}"
    if allowed.number:
        whole = re.fullmatch(r"[+-]?\d+", value)
        why = "too small" if whole else "not a whole number"
        least = "" if allowed.least is None else f" from {allowed.least} on"
        return f"{spelling} {value!r} is {why}; give a whole number{least}"
    return f"{spelling} {value!r} cannot be used: {refused.error.message}"


def _no_such_option(refused: Refused) -> str:
    option = refused.error.option_name
    options = [p.opts[0] for p in refused.command.params if _is_option(p)]
    listed = ", ".join(options)
    return (
        f"{refused.name} has no option {option!r}{_meant(option, options)}; its "
        f"options are {listed}"
    )


def _bad_option_usage(refused: Refused) -> str | None:
    option = refused.error.option_name
    parameter = next((p for p in refused.command.params if option in p.opts), None)
    if parameter is None:
        return None
    if parameter.is_flag:
        given = next((word for word in refused.given if word.startswith(option)), "")
        return f"{given!r}: {option} takes no value; write {option} alone"
    what = _what(refused, parameter)
    return f"{option} needs a value: write {_usage(parameter)}: {what}"


def _other(refused: Refused) -> str | None:
    if names := list(getattr(refused.command, "commands", ())):
        word = next((word for word in refused.given if not word.startswith("-")), "")
        return (
            f"there is no command {word!r}{_meant(word, names)}; there are "
            f"{', '.join(names)}"
        )
    found = _TOO_MANY.search(refused.error.message)
    if found is None:
        return None
    takes = [p.metavar or p.name for p in refused.command.params if not _is_option(p)]
    legal_ones = f"only {' '.join(takes)}" if takes else "options only"
    return (
        f"{refused.name} takes {legal_ones}; too many: {found['extra']!r}. Put quotes "
        "around a name with spaces"
    )


_SAY: dict[str, Callable[[Refused], str | None]] = {
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "NoSuchOption": _no_such_option,
    "BadOptionUsage": _bad_option_usage,
    "NoSuchCommand": _other,
    "UsageError": _other,
}


# --- words ---


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _usage(parameter: Any) -> str:
    """Return how a parameter is written: ``--class FOLDER``."""
    metavar = parameter.metavar or ""
    if not _is_option(parameter):
        return metavar or str(parameter.name).upper()
    return f"{parameter.opts[0]} {metavar or 'NAME'}"


def _what(refused: Refused, parameter: Any) -> str:
    """Return the values to choose from, or what a parameter is for."""
    allowed = legal(refused.command.callback, parameter.name)
    if allowed.choices:
        return _choose(allowed.choices)
    return _DEFAULT.sub("", " ".join((parameter.help or "").split())).rstrip(".")


def _as_given(parameter: Any, given: Sequence[str]) -> tuple[str, str]:
    """Return how an option was spelled, and the value that it was given."""
    for at, word in reversed(list(enumerate(given))):
        spelling, equals, value = word.partition("=")
        if spelling in parameter.opts:
            return spelling, value if equals else "".join(given[at + 1 : at + 2])
    return parameter.opts[0], ""


def _meant(word: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(names), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _choose(choices: Sequence[str]) -> str:
    *others, last = choices
    return f"choose {', '.join(others)} or {last}" if others else f"choose {last}"


__all__ = ["Legal", "Refused", "explain", "legal"]
