"""Read an instructor's notebook as if broken metadata were not there. Pure.

Some editors write ``"kernelspec": null`` and the like. Such metadata breaks the schema
of notebooks, but nothing that is graded depends on it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any


def tidied(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return a notebook without metadata that its schema does not allow.

    Parameters
    ----------
    raw
        The notebook as read from JSON. It is not changed.

    Examples
    --------
    >>> tidied({"metadata": {"kernelspec": None}, "cells": []})
    {'metadata': {}, 'cells': []}
    """
    notebook: dict[str, Any] = copy.deepcopy(dict(raw))
    metadata = _mapping(notebook.get("metadata"))
    notebook["metadata"] = metadata
    _keep(metadata, "kernelspec", _has_name)
    _keep(metadata, "language_info", _has_name)
    if spec := metadata.get("kernelspec"):
        _keep(spec, "display_name", _is_text)
        spec.setdefault("display_name", spec["name"])
    _keep(metadata, "title", _is_text)
    _keep(metadata, "authors", _is_list)
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict):
            _tidy_cell(cell)
    return notebook


def _tidy_cell(cell: dict[str, Any]) -> None:
    if cell.get("source") is None:
        cell["source"] = ""
    if cell.get("cell_type") != "code":
        # These are left over where a code cell was turned into a text cell.
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    cell["metadata"] = metadata = _mapping(cell.get("metadata"))
    _keep(metadata, "nbgrader", _is_mapping)
    _keep(cell, "attachments", _is_mapping)
    _keep(metadata, "tags", _is_list_of_texts)
    _keep(metadata, "name", _is_text)
    _keep(metadata, "jupyter", _is_mapping)
    for key in ("collapsed", "editable", "deletable"):
        _keep(metadata, key, lambda value: isinstance(value, bool))


def _keep(mapping: dict[str, Any], key: str, legal: Callable[[Any], bool]) -> None:
    """Remove an item whose value is not legal."""
    if key in mapping and not legal(mapping[key]):
        del mapping[key]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _has_name(value: Any) -> bool:
    return isinstance(value, dict) and _is_text(value.get("name"))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


__all__ = ["tidied"]
