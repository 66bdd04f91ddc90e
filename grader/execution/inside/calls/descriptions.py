"""Classes, signatures and exceptions as trees, for the examiner."""

from __future__ import annotations

import inspect
from typing import Any

from grader.errors import GraderError
from grader.execution.inside.calls import callbacks
from grader.execution.inside.calls.handles import HANDLES
from grader.execution.wire import messages
from grader.execution.wire.abilities import ABILITIES

MESSAGE_CHARS = 2000
MAX_CLASSES = 60
MAX_ATTRIBUTES = 50
MAX_CHAIN = 6
_mro = type.__dict__["__mro__"].__get__
_vars = type.__dict__["__dict__"].__get__


def classes(kind: type) -> list[list[Any]]:
    """Describe a class and those above it, the highest first.

    Returns
    -------
    list
        For each class ``[number, name, qualified name, module, bases, abilities,
        abilities of its metaclass, whether it has one of its own]``. A base is a
        number, or the name of a builtin exception. An ability that is switched off has
        a minus before its name.
    """
    known = [each for each in _mro(kind) if not _is_builtin(each)][:MAX_CLASSES]
    return [_class(each) for each in reversed(known)]


def _class(kind: type) -> list[Any]:
    meta: list[str] = []
    for above in reversed(_mro(type(kind))):
        if above not in (type, object):
            meta += _abilities(above)
    return [
        HANDLES.number(kind),
        *(
            messages.text(str(getattr(kind, name, "")))[:200]
            for name in ("__name__", "__qualname__", "__module__")
        ),
        [base_of(base) for base in kind.__bases__ if base is not object],
        _abilities(kind),
        sorted(set(meta)),
        type(kind) is not type,
    ]


def _abilities(kind: type) -> list[str]:
    table = _vars(kind)
    return [
        f"-{name}" if table[name] is None else name
        for name in sorted(ABILITIES & set(table))
    ]


def _is_builtin(kind: type) -> bool:
    is_error = issubclass(kind, BaseException) and kind.__module__ == "builtins"
    return kind is object or is_error


def base_of(kind: type) -> int | str:
    """Return the name of a builtin exception, and the number of another class."""
    return kind.__name__ if _is_builtin(kind) else HANDLES.number(kind)


def signature(target: Any) -> list[Any]:
    """Return the signature of a callable: its parameters, and its return annotation.

    Each is a list of name, kind, defaults and annotations; these two are lists of at
    most one value.
    """
    found = inspect.signature(target)
    empty = inspect.Parameter.empty

    def of(value: Any) -> list[Any]:
        return [] if value is empty else [value]

    parameters = [
        [each.name, int(each.kind), of(each.default), of(each.annotation)]
        for each in found.parameters.values()
    ]
    return [parameters, of(found.return_annotation)]


# --- exceptions --------------------------------------------------------------------


def error(raised: BaseException) -> list[Any]:
    """Return builtin type and text of an exception, and what else it holds.

    The third part, which is left out if the other two are complete, is a list of

    - its arguments,
    - its attributes, by name,
    - the handle of it and of its class if that is no builtin class,
    - its cause and its context, described in the same way, or None,
    - whether its context is left out,
    - the number of the test's own error that it stands for, or None.
    """
    return _error(raised, MAX_CHAIN, set())


def _error(raised: BaseException, left: int, seen: set[int]) -> list[Any]:
    builtin = next(c for c in _mro(type(raised)) if c.__module__ == "builtins")
    text = text_of(raised)
    try:
        more = _details(raised, left, seen | {id(raised)}, text)
    except BaseException:
        more = None
    return [builtin.__name__, text, *([] if more is None else [more])]


def text_of(raised: BaseException) -> str:
    """Return the text of an exception, which its class may make in any way."""
    try:
        text = messages.text(str(raised))
    except BaseException as again:
        text = f"its text could not be read: {type(again).__name__}"
    return text[:MESSAGE_CHARS]


def _details(
    raised: BaseException, left: int, seen: set[int], text: str
) -> list[Any] | None:
    arguments = BaseException.args.__get__(raised)  # type: ignore[attr-defined]
    attributes = dict(list(vars(raised).items())[:MAX_ATTRIBUTES])
    if isinstance(raised, OSError) and raised.filename is not None:
        arguments = (*arguments[:2], raised.filename)
    if isinstance(raised, ImportError | NameError | AttributeError):
        attributes["name"] = raised.name
    own = callbacks.number_of_error(raised)
    chain = [
        None
        if other is None or left <= 0 or id(other) in seen
        else _error(other, left - 1, seen)
        for other in (raised.__cause__, raised.__context__)
    ]
    handle = None
    if not _is_builtin(type(raised)) and not isinstance(raised, GraderError):
        handle = [HANDLES.number(raised), HANDLES.number(type(raised))]
    plain = arguments == (text,) or (not arguments and not text)
    nothing = handle is None and own is None and not attributes and chain == [None] * 2
    if plain and nothing and arguments:
        return None
    return [
        HANDLES.encode(list(arguments)),
        [[messages.text(str(k)), HANDLES.encode(v)] for k, v in attributes.items()],
        handle,
        *chain,
        raised.__suppress_context__,
        own,
    ]


__all__ = ["base_of", "classes", "error", "signature", "text_of"]
