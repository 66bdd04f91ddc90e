"""What stands in the jail for a value of the test that cannot be sent."""

from __future__ import annotations

from typing import Any, NoReturn

from grader.execution.inside.calls import said
from grader.execution.wire.abilities import ABILITIES

_ALSO = "bool bytes class_getitem eq format getattr hash ne repr setattr str".split()


class Unsent:
    """Stands for a value that a test has bound to a name. It cannot be used.

    Parameters
    ----------
    name
        The name.
    """

    def __init__(self, name: str) -> None:
        self.__dict__["_grader_name"] = name


def _refuse(self: Unsent, *_: Any, **__: Any) -> NoReturn:
    name = self.__dict__["_grader_name"]
    said.note("cannot", f"the value of {name}, which the test has bound,")
    raise RuntimeError(f"the value of {name} is known to the test only")


for _each in {*ABILITIES, *(f"__{name}__" for name in _ALSO)}:
    setattr(Unsent, _each, _refuse)

__all__ = ["Unsent"]
