"""The stand-in for a class: a real class, made from the kernel's description.

Being real, it can be caught by ``except`` and asked by ``isinstance``. It has the
names, the bases and the special methods of the student's class, and no code of it.
"""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

from grader.errors import WireError
from grader.execution.examiner.proxies.exceptions import OwnError, base_named
from grader.execution.examiner.proxies.forwarders import FORWARDERS
from grader.execution.examiner.proxies.functions import signature
from grader.execution.examiner.proxies.objects import (
    TAKEN_OVER,
    Handle,
    ObjectProxy,
    ask,
    getattr_static,
    is_proxy,
    refusal,
)
from grader.execution.examiner.proxies.steps import STEPPED
from grader.execution.wire.abilities import ABILITIES

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student

# Of one submission. Each needs a few kilobytes.
MAX_CLASSES = 2000
MAX_NAME = 200
_DATA = frozenset(
    "bool int float complex str bytes bytearray list tuple set frozenset dict range "
    "slice memoryview type".split()
)
# Builtin kinds that hold no data: what isinstance says of them can be believed, because
# every use of them is asked.
_SHOWN = {
    "async_generator": types.AsyncGeneratorType,
    "code": types.CodeType,
    "module": types.ModuleType,
    **{
        name: getattr(builtins, name)
        for name in "map filter zip enumerate reversed super property staticmethod "
        "classmethod".split()
    },
}
# Their objects are compared as data, or could be taken for data.
_DATA_PACKAGES = frozenset(
    "numpy pandas scipy keras tensorflow torch jax sympy".split()
)


class StudentClass(type):
    """The type of stand-ins for classes."""

    def __new__(cls, name: str, bases: Any, *_: Any, **__: Any) -> Any:
        base = next((each for each in bases if is_proxy(each)), None)
        assert base is not None
        raise refusal(base, f"a class {name} of the test that is derived from {{}}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return _handle(cls).student.call(cls, args, kwargs)

    def __getattribute__(cls, name: str) -> Any:
        if name in _LOCAL:
            return type.__getattribute__(cls, name)
        if name in TAKEN_OVER:
            raise AttributeError(name)
        if name in _REFUSED:
            raise refusal(cls, f"{name} of {{}}")
        if name == "__class__":
            return type
        if name == "__mro__":
            above = type.__getattribute__(cls, "__mro__")
            return tuple(each for each in above if each not in _HELPERS)
        if name == "__signature__":
            return signature(cls)
        return ask(cls, "getattr", name)

    def __setattr__(cls, name: str, value: Any) -> None:
        ask(cls, "setattr", name, value)

    def __delattr__(cls, name: str) -> None:
        ask(cls, "delattr", name)

    def __dir__(cls) -> list[str]:
        found = _handle(cls).student.measure("dir", list, cls)
        return [name for name in found if type(name) is str]

    def __instancecheck__(cls, instance: Any) -> bool:
        if type.__instancecheck__(cls, instance):
            return True
        return _asked(cls, "isinstance", instance)

    def __subclasscheck__(cls, subclass: Any) -> bool:
        if type.__subclasscheck__(cls, subclass):
            return True
        return _asked(cls, "issubclass", subclass)

    def __eq__(cls, other: object) -> bool:
        if cls is other:
            return True
        if isinstance(other, type) and not is_proxy(other) and _is_like(cls, other):
            raise refusal(cls, "whether a class is {}")
        return False

    def __hash__(cls) -> int:
        return type.__hash__(cls)


_LOCAL = frozenset(
    "mro __subclasses__ __subclasshook__ __instancecheck__ __subclasscheck__ __copy__ "
    "__deepcopy__".split()
)
_REFUSED = frozenset(("__reduce_ex__", "__reduce__"))
_HELPERS = frozenset((ObjectProxy, OwnError, *STEPPED.values()))


def _handle(cls: type) -> Handle:
    found: Handle = type.__getattribute__(cls, "__dict__")["_grader_handle"]
    return found


def _asked(cls: type, operation: str, operand: Any) -> bool:
    """Ask a class whose metaclass may answer in its own way."""
    if not getattr_static(cls, "_grader_custom"):
        return False
    answer = _handle(cls).student.measure(operation, bool, operand, cls)
    if answer and not is_proxy(operand):
        refusal(cls, "whether plain data is an instance of {}")
    return bool(answer)


def _is_like(cls: type, other: type) -> bool:
    return (_static(cls, "__module__"), _static(cls, "__qualname__")) == (
        other.__module__,
        other.__qualname__,
    )


def _static(cls: type, name: str) -> Any:
    return type.__getattribute__(cls, name)


class Classes:
    """The stand-ins for the classes of one kernel.

    Parameters
    ----------
    student
        The kernel.
    modules
        Top-level modules that the lesson imports.
    """

    def __init__(self, student: Student, modules: Collection[str]) -> None:
        self._student = student
        self._modules = frozenset(modules) - _DATA_PACKAGES
        self._made: dict[int, type] = {}

    def of(self, number: int) -> type:
        """Return the stand-in for a class.

        Raises
        ------
        WireError
            If the kernel's description is malformed.
        """
        if number not in self._made:
            for each in self._student.described("classes", number):
                self._add(each)
        if number not in self._made:
            raise WireError("a class is missing in its own description")
        return self._made[number]

    def _add(self, description: Any) -> None:
        try:
            number, name, qualname, module, bases, abilities, meta, custom = description
        except (TypeError, ValueError):
            raise WireError("a class is described by another number of parts") from None
        if type(number) is not int or number < 0 or type(custom) is not bool:
            raise WireError("the number of a class is malformed")
        if number in self._made:
            return
        if len(self._made) >= MAX_CLASSES:
            raise WireError(f"more than {MAX_CLASSES} classes")
        names = _names(abilities)
        names |= {
            "__qualname__": _text(qualname),
            "__module__": _text(module),
            "__slots__": (),
            "_grader_handle": Handle(self._student, number, _text(name)),
            "_grader_custom": custom,
        }
        kinds = self._bases(bases, _text(module), _text(name))
        if (shown := self._shown(_text(module), _text(name), kinds)) is not None:
            names["_grader_shown"] = shown
        if any(issubclass(each, BaseException) for each in kinds):
            del names["__slots__"]
            names = {k: v for k, v in names.items() if k[:2] != "__" or k in _KEPT}
        metaclass = _metaclass(meta, kinds)
        try:
            made = type.__new__(metaclass, _text(name), kinds, names)
        except (TypeError, ValueError):
            raise WireError("the description of a class is contradictory") from None
        self._made[number] = made

    def _bases(self, bases: Any, module: str, name: str) -> tuple[type, ...]:
        if type(bases) is not list:
            raise WireError("the bases of a class are malformed")
        kinds = [self._base(base) for base in bases]
        errors = [kind for kind in kinds if issubclass(kind, BaseException)]
        if errors:
            # An exception has a layout of its own, which no other base can share.
            has_own = any(issubclass(kind, OwnError) for kind in errors)
            return tuple(errors) if has_own else (OwnError, *errors)
        if module == "builtins" and name in STEPPED:
            return (STEPPED[name],)
        return tuple(kinds) or (ObjectProxy,)

    def _base(self, base: Any) -> type:
        if type(base) is str:
            return base_named(base)
        if type(base) is not int or base not in self._made:
            raise WireError("a base of a class is not described before it")
        return self._made[base]

    def _shown(self, module: str, name: str, kinds: tuple[type, ...]) -> Any:
        """Return the class that isinstance sees for its objects; None for itself."""
        if module == "builtins":
            return NotImplemented if name in _DATA else _SHOWN.get(name)
        if any(getattr_static(k, "_grader_shown") is NotImplemented for k in kinds):
            return NotImplemented
        if module.split(".")[0] not in self._modules or module not in sys.modules:
            return None
        found = vars(sys.modules[module]).get(name)
        return found if isinstance(found, type) else None


_KEPT = frozenset(("__qualname__", "__module__"))


def _text(text: Any) -> str:
    if type(text) is not str or len(text) > MAX_NAME or "\0" in text:
        raise WireError("the name of a class is malformed")
    return text


def _names(abilities: Any) -> dict[str, Any]:
    """Return the special methods of a class that has these abilities."""
    if type(abilities) is not list or len(abilities) > 2 * len(ABILITIES):
        raise WireError("the abilities of a class are malformed")
    names: dict[str, Any] = {}
    for each in abilities:
        if type(each) is not str or each.removeprefix("-") not in ABILITIES:
            raise WireError("an ability of a class is unknown")
        off = each.startswith("-")
        names[each.removeprefix("-")] = None if off else FORWARDERS[each]
    return names


_metaclasses: dict[Any, Any] = {}


def _metaclass(abilities: Any, bases: tuple[type, ...]) -> type[StudentClass]:
    """Return the type for a class whose metaclass has these abilities."""
    names = _names(abilities)
    for own in ("__call__", "__eq__", "__hash__", "__ne__"):
        names.pop(own, None)
    metas = {type(base): None for base in bases if issubclass(type(base), StudentClass)}
    above = tuple(
        each
        for each in metas
        if not any(issubclass(other, each) for other in metas if other is not each)
    ) or (StudentClass,)
    new = sorted(set(names) - {n for n in names if getattr_static(above[0], n)})
    if not new and len(above) == 1:
        return cast("type[StudentClass]", above[0])
    key = (above, tuple(new))
    if key not in _metaclasses:
        table = {name: names[name] for name in new}
        _metaclasses[key] = type("StudentClass", above, table)
    return cast("type[StudentClass]", _metaclasses[key])


__all__ = ["Classes", "StudentClass"]
