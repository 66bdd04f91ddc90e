"""Refuse to run text as code here, unless the instructor wrote it.

A test may hand text of the student's to ``eval``, to ``doctest`` or to a parser of
formulas. In a notebook that runs in the kernel. Here it would run outside of the jail,
with the hidden tests and the files of whoever grades. So text is run only if it stands
in the source of a test or of the instructor's modules, or if a module that is known to
make its own text asks for it. The same holds for programs and pickles, which a test
does not need.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import functools
import operator
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from grader.errors import CannotAsk

# They make the text that they run from names and signatures, or read it from modules.
# None of them takes text to run from its caller, as sympy.lambdify does.
_TRUSTED = (
    "_pytest",
    "collections",
    "dataclasses",
    "functools",
    "grader",
    "hypothesis",
    "importlib",
    "keras",
    "networkx.utils.decorators",
    "scipy.stats._distn_infrastructure",
    "tensorflow",
    "unittest.mock",
)
# It compiles text to a syntax tree only, but then calls the functions named in it.
_CALLS_WHAT_IT_READS = "pandas.core.computation"
# Modules that a test imports run their own text.
_IMPORTS = "importlib"
# What timeit runs in place of a function.
_OF_TIMEIT = ("pass", "_setup()", "_stmt()")
_PROGRAM, _PICKLE = "what a program does", "what a pickle holds"
_REFUSED_EVENTS = {
    "os.exec": _PROGRAM,
    "os.posix_spawn": _PROGRAM,
    "os.system": _PROGRAM,
    "pickle.find_class": _PICKLE,
    "pty.spawn": _PROGRAM,
    "subprocess.Popen": _PROGRAM,
}
# The flags of code that change how text in it is compiled.
_INHERITED = functools.reduce(
    operator.or_,
    (getattr(__future__, each).compiler_flag for each in __future__.all_feature_names),
)

_compile, _eval, _exec = compile, eval, exec


class TextGuard:
    """Decides which text may be run.

    Attributes
    ----------
    running : bool
        Whether a test runs.
    refuse : callable
        Records what a test was refused, and returns the error to raise.
    """

    def __init__(self) -> None:
        self.running = False
        self.refuse: Callable[[str], CannotAsk] = CannotAsk
        self._codes: list[CodeType] = []

    def learn(self, *codes: CodeType | None) -> None:
        """Allow the texts that stand in code of the instructor's."""
        self._codes += [code for code in codes if code is not None]

    def check(self, text: Any, caller: FrameType) -> None:
        """Raise an error if a text may not be run.

        Parameters
        ----------
        text
            A text, a syntax tree or code.
        caller
            The frame that wants to run it.

        Raises
        ------
        CannotAsk
            If nothing shows that the text is the instructor's.
        """
        if not self.running or isinstance(text, CodeType) or _is_trusted(caller):
            return
        if isinstance(text, bytes | bytearray | memoryview):
            text = bytes(text).decode("utf-8", "replace")
        known = self._is_known(text) or self._is_timed(caller)
        if not known and not _any_above(caller, _IMPORTS):
            raise self.refuse("what text does that may be the student's")

    def _is_known(self, text: Any) -> bool:
        if type(text) is not str:
            return False
        short = _compact(text)
        return any(short in known for code in self._codes for known in _texts(code))

    def _is_timed(self, caller: FrameType) -> bool:
        """Say whether it is ``timeit`` that runs a function, or text of the test."""
        if caller.f_globals.get("__name__") != "timeit":
            return False
        texts = [caller.f_locals.get(name) for name in ("stmt", "setup")]
        return all(
            not isinstance(text, str) or text in _OF_TIMEIT or self._is_known(text)
            for text in texts
        )

    def hear(self, event: str, _: Any) -> None:
        """Refuse what no test needs; see :func:`sys.addaudithook`."""
        if event not in _REFUSED_EVENTS or not self.running:
            return
        if not _any_above(sys._getframe(1), _IMPORTS):  # noqa: SLF001 - as below
            raise self.refuse(_REFUSED_EVENTS[event])


@functools.cache
def _texts(code: CodeType) -> frozenset[str]:
    """Return the texts in code. Few tests run any text, so this is seldom needed."""
    found: set[str] = set()
    for constant in code.co_consts:
        if isinstance(constant, str):
            found.add(_compact(constant))
        elif isinstance(constant, CodeType):
            found |= _texts(constant)
        elif isinstance(constant, tuple | frozenset):
            found.update(_compact(each) for each in constant if type(each) is str)
    return frozenset(found)


def _compact(text: str) -> str:
    """Return a text without what pandas changes in it: spaces, and "@" in formulas."""
    return "".join(text.split()).replace("__pd_eval_local_", "@")


def _is_trusted(caller: FrameType) -> bool:
    name = str(caller.f_globals.get("__name__", ""))
    return any(name == each or name.startswith(f"{each}.") for each in _TRUSTED)


def _any_above(frame: FrameType | None, module: str) -> bool:
    """Say whether a frame or one that called it belongs to a module of that package."""
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith(module):
            return True
        frame = frame.f_back
    return False


GUARD = TextGuard()


def install() -> None:
    """Guard ``compile``, ``eval`` and ``exec``, and programs and pickles."""
    builtins.compile = _guarded_compile
    builtins.eval = _guarded_eval
    builtins.exec = _guarded_exec
    sys.addaudithook(GUARD.hear)


def _guarded_compile(
    source: Any,
    filename: Any,
    mode: str,
    flags: int = 0,
    dont_inherit: bool = False,
    optimize: int = -1,
    **more: Any,
) -> Any:
    caller = sys._getframe(1)  # noqa: SLF001 - the only way to the caller
    if not flags & ast.PyCF_ONLY_AST or _any_above(caller, _CALLS_WHAT_IT_READS):
        GUARD.check(source, caller)
    if not dont_inherit:
        flags |= caller.f_code.co_flags & _INHERITED
    return _compile(source, filename, mode, flags, True, optimize, **more)


def _guarded_eval(
    source: Any, global_names: Any = None, local_names: Any = None, /
) -> Any:
    caller = sys._getframe(1)  # noqa: SLF001
    GUARD.check(source, caller)
    if isinstance(source, str):
        source = source.lstrip(" \t")
    return _run(_eval, "eval", source, caller, global_names, local_names)


def _guarded_exec(
    source: Any, global_names: Any = None, local_names: Any = None, /, **more: Any
) -> None:
    caller = sys._getframe(1)  # noqa: SLF001
    GUARD.check(source, caller)
    _run(_exec, "exec", source, caller, global_names, local_names, **more)


def _run(
    run: Callable[..., Any],
    mode: str,
    source: Any,
    caller: FrameType,
    global_names: Any,
    local_names: Any,
    **more: Any,
) -> Any:
    """Run text or code as its caller would: with its names and its features."""
    if not isinstance(source, CodeType):
        inherited = caller.f_code.co_flags & _INHERITED
        source = _compile(source, "<string>", mode, inherited, True)
    if global_names is None:
        global_names = caller.f_globals
        local_names = caller.f_locals if local_names is None else local_names
    elif local_names is None:
        local_names = global_names
    return run(source, global_names, local_names, **more)


__all__ = ["GUARD", "TextGuard", "install"]
