"""The stand-in for an object that stays in the jail, and its handle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from grader.errors import CannotAsk

if TYPE_CHECKING:
    from grader.execution.examiner.proxies.student import Student


#: How ``copy`` and ``pickle`` would take an object apart.
COPIED = frozenset(("__copy__", "__deepcopy__", "__reduce__", "__reduce_ex__"))

#: With these an object would answer in NumPy's place, or lend its memory. Without them
#: NumPy asks it for an array.
TAKEN_OVER = frozenset(
    "__array_function__ __array_ufunc__ __array_struct__ __array_interface__".split()
)


class Handle(NamedTuple):
    """What a proxy stands for.

    Attributes
    ----------
    student : Student
        The kernel that has the object.
    number : int
        The number by which the kernel finds it.
    name : str
        Its name, for messages.
    """

    student: Student
    number: int
    name: str


class ObjectProxy:
    """Stands for an object that stays in the jail; every operation on it runs there.

    Its class has those special methods that the student's class has; the ones here are
    those that every object has.
    """

    __slots__ = ("__weakref__", "_grader_handle")

    def __new__(cls, student: Student, number: int, name: str) -> Any:
        return make(cls, Handle(student, number, name))

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return class_of(self)
        if name in COPIED:
            return object.__getattribute__(self, name)
        if name in TAKEN_OVER:
            raise AttributeError(name)
        return ask(self, "getattr", name)

    def __setattr__(self, name: str, value: Any) -> None:
        ask(self, "setattr", name, value)

    def __delattr__(self, name: str) -> None:
        ask(self, "delattr", name)

    def __dir__(self) -> list[str]:
        return [name for name in measure(self, "dir", list) if type(name) is str]

    def __repr__(self) -> str:
        return str(measure(self, "repr", str))

    def __str__(self) -> str:
        return str(measure(self, "str", str))

    def __format__(self, spec: str) -> str:
        return str(measure(self, "format", str, spec))

    def __copy__(self) -> Any:
        return ask(self, "copy")

    def __deepcopy__(self, _: Any) -> Any:
        return ask(self, "deepcopy")

    def __reduce_ex__(self, _: Any) -> Any:
        raise refusal(self, "a pickle of {}")

    def __reduce__(self) -> Any:
        raise refusal(self, "a pickle of {}")

    def __sizeof__(self) -> int:
        raise refusal(self, "the size of {} in memory")


_slot = ObjectProxy.__dict__["_grader_handle"]
_get_handle, _set_handle = _slot.__get__, _slot.__set__


def make(kind: type, handle: Handle) -> Any:
    """Return a new proxy.

    Parameters
    ----------
    kind
        A subclass of :class:`ObjectProxy`.
    handle
        What it stands for.
    """
    proxy: Any = object.__new__(kind)
    _set_handle(proxy, handle)
    return proxy


def handle(proxy: ObjectProxy) -> Handle:
    """Return what the proxy of an object stands for."""
    found: Handle = _get_handle(proxy)
    return found


def handle_of(value: Any) -> Handle | None:
    """Return what a value stands for; None if it is no proxy."""
    kind = type(value)
    if issubclass(kind, ObjectProxy):
        return handle(value)
    if issubclass(kind, type) or issubclass(kind, BaseException):
        table = (
            type.__dict__["__dict__"].__get__(value)
            if issubclass(kind, type)
            else (BaseException.__dict__["__dict__"].__get__(value))
        )
        found = table.get("_grader_handle")
        return found if type(found) is Handle else None
    return None


def is_proxy(value: Any) -> bool:
    """Say whether a value stands for something that stays in the jail."""
    return handle_of(value) is not None


def _known(proxy: Any) -> Handle:
    found = handle_of(proxy)
    assert found is not None
    return found


def ask(proxy: Any, operation: str, *operands: Any) -> Any:
    """Return the result of an operation in the jail, whose first operand is a proxy."""
    return _known(proxy).student.operate(operation, proxy, *operands)


def measure(proxy: Any, operation: str, kind: type, *operands: Any) -> Any:
    """Return the result of an operation whose exact type is known."""
    return _known(proxy).student.measure(operation, kind, proxy, *operands)


def refusal(proxy: Any, what: str) -> CannotAsk:
    """Note what cannot be asked, and return the error to raise.

    Parameters
    ----------
    proxy
        The object that is asked about.
    what
        What is asked of it, such as ``"the source of {}"``; ``{}`` is its name.
    """
    known = _known(proxy)
    return known.student.channel.cannot_ask(what.format(known.name))


def class_of(proxy: ObjectProxy) -> type:
    """Return the class that ``isinstance`` may see."""
    kind = type(proxy)
    shown: Any = getattr_static(kind, "_grader_shown")
    if shown is NotImplemented and handle(proxy).student.encoding:
        return kind
    if shown is NotImplemented:
        raise refusal(proxy, "whether {} is an instance of a class of plain data")
    return cast("type", kind if shown is None else shown)


def getattr_static(kind: type, name: str) -> Any:
    """Return what a class or one above it holds under a name; None if there is none."""
    for above in type.__dict__["__mro__"].__get__(kind):
        table = type.__dict__["__dict__"].__get__(above)
        if name in table:
            return table[name]
    return None


__all__ = [
    "COPIED",
    "TAKEN_OVER",
    "Handle",
    "ObjectProxy",
    "ask",
    "class_of",
    "getattr_static",
    "handle",
    "handle_of",
    "is_proxy",
    "make",
    "measure",
    "refusal",
]
