"""What the state of an explorer may hold, and its form as a short text. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WHOLE = re.compile(r"-?[0-9]{1,9}")

__all__ = ["Choice", "Field", "Text", "Truth", "Whole", "decode", "encode", "validated"]


@dataclass(frozen=True)
class Whole:
    """A whole number from `low` to `high`."""

    start: int
    low: int
    high: int

    def complaint(self, name: str, value: Any) -> str:
        """Return what is wrong with a value, and what is legal; empty if nothing is."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and self.low <= value <= self.high:
            return ""
        legal = f"a whole number from {self.low} to {self.high}"
        return f"{name} must be {legal}, not {value!r:.80}"

    def read(self, text: str) -> Any:
        """Return the value that `text` stands for, or `text` itself."""
        return int(text) if _WHOLE.fullmatch(text) else text


@dataclass(frozen=True)
class Choice:
    """One of a few words."""

    start: str
    options: tuple[str, ...]

    def complaint(self, name: str, value: Any) -> str:
        """Return what is wrong with a value, and what is legal; empty if nothing is."""
        if isinstance(value, str) and value in self.options:
            return ""
        return f"{name} must be one of {', '.join(self.options)}, not {value!r:.80}"

    def read(self, text: str) -> Any:
        """Return `text`: here the text is the value."""
        return text


@dataclass(frozen=True)
class Truth:
    """True or false."""

    start: bool

    def complaint(self, name: str, value: Any) -> str:
        """Return what is wrong with a value, and what is legal; empty if nothing is."""
        if isinstance(value, bool):
            return ""
        return f"{name} must be True or False, not {value!r:.80}"

    def read(self, text: str) -> Any:
        """Return the value that `text` stands for, or `text` itself."""
        return {"true": True, "false": False}.get(text, text)


@dataclass(frozen=True)
class Text:
    """A text of at most `longest` characters, each one of `letters`, as in ``[…]``."""

    start: str
    letters: str
    longest: int

    def complaint(self, name: str, value: Any) -> str:
        """Return what is wrong with a value, and what is legal; empty if nothing is."""
        text = isinstance(value, str) and len(value) <= self.longest
        if text and re.fullmatch(f"[{self.letters}]*", value):
            return ""
        legal = f"a text of up to {self.longest} of {self.letters}"
        return f"{name} must be {legal}, not {value!r:.80}"

    def read(self, text: str) -> Any:
        """Return `text`: here the text is the value."""
        return text


Field = Whole | Choice | Truth | Text


def validated(state: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return a complete state: the given values, and the default for each other name.

    Parameters
    ----------
    state
        Values by name.
    fields
        What the state may hold.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not legal.
    """
    for name, value in state.items():
        if name not in fields:
            known = ", ".join(fields)
            raise ValueError(f"{name!r:.80} is unknown; it must be one of {known}")
        if wrong := fields[name].complaint(name, value):
            raise ValueError(wrong)
    return {name: state.get(name, field.start) for name, field in fields.items()}


def encode(kind: str, state: Mapping[str, Any], fields: Mapping[str, Field]) -> str:
    """Return a state as a short text; default values are left out.

    Examples
    --------
    >>> encode("shapes", {"rows": 5}, {"rows": Whole(7, 1, 12)})
    'shapes?rows=5'
    """
    parts = [
        f"{name}={_text(state[name])}"
        for name, field in fields.items()
        if state[name] != field.start
    ]
    return f"{kind}?{'&'.join(parts)}" if parts else kind


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def decode(text: str, kind: str, fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return the values that such a text names.

    Parameters
    ----------
    text
        The text.
    kind
        The explorer's name, which the text begins with.
    fields
        What the state may hold.

    Raises
    ------
    ValueError
        If it is for another explorer, or a part is not ``NAME=VALUE``. Values are
        checked by :func:`validated`.
    """
    name, _, rest = text.strip().partition("?")
    if name != kind:
        raise ValueError(f"this text is for {name!r:.80}, not for {kind!r}")
    state: dict[str, Any] = {}
    for part in filter(None, rest.split("&")):
        key, equals, written = part.partition("=")
        if not equals or key not in fields:
            known = ", ".join(fields)
            raise ValueError(f"{part!r:.80}: write NAME=VALUE, NAME one of {known}")
        state[key] = fields[key].read(written)
    return state
