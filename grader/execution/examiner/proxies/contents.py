"""Change the content of an argument as a call of student code did."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.execution.wire import registry


def copy_content(value: Any, target: Any) -> None:
    """Copy the content of an array or container into another of the same kind.

    Parameters
    ----------
    value
        What a call made of its argument.
    target
        The argument, which is changed in place. If it is of another kind, or an array
        of another shape or dtype, it is left as it is.
    """
    if isinstance(target, np.ndarray) and isinstance(value, np.ndarray):
        alike = target.shape == value.shape and target.dtype == value.dtype
        if alike and target.flags.writeable:
            np.copyto(target, value)
    elif isinstance(target, list) and type(value) is list:
        target[:] = value
    elif isinstance(target, set | dict) and type(value) is type(target):
        target.clear()
        target.update(value)
    else:
        registry.fill(target, value)


__all__ = ["copy_content"]
