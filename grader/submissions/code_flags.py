"""Flag what an instructor may want to read in a student's code. Pure.

These flags are hints: they change no score, and neither the jail nor the examiner
relies on them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from grader.notebooks import magics
from grader.records import Flag

ENDS = {"os._exit", "os.abort", "os.kill", "os.killpg", "sys.exit"}
LOOKS = {
    "gc.get_objects": "looks through the interpreter's memory",
    "sys._getframe": "looks at its callers' frames",
    "inspect.stack": "looks at its callers' frames",
    "get_ipython": "reaches for the IPython shell",
    "os.fork": "starts processes",
    "subprocess.run": "starts processes",
    "subprocess.Popen": "starts processes",
    "os.system": "starts processes",
    "socket.socket": "opens sockets",
}
PATHS = {
    "/proc": "names files under /proc",
    ".ipynb": "names a notebook file",
    "gradebook": "names the gradebook",
    "nbgrader": "names nbgrader",
}


def code_flags(sources: Iterable[str]) -> tuple[Flag, ...]:
    """Return a flag for each unusual thing in a student's cells, without repeats.

    Examples
    --------
    >>> code_flags(["import numpy as np", "np.abs = print"])
    (Flag(kind='code', text='replaces np.abs'),)
    """
    trees = [tree for source in sources if (tree := magics.parsed_to_read(source))]
    nodes = [node for tree in trees for node in _nodes(tree) if type(node) in _EXAMINED]
    modules = {name for node in nodes for name in _modules(node)}
    texts = (text for node in nodes for text in _texts(node, modules))
    return tuple(Flag("code", text) for text in _grouped(dict.fromkeys(texts)))


def _grouped(texts: Iterable[str]) -> Iterator[str]:
    """Yield the texts, with one for all things that are replaced at the end."""
    replaced = []
    for text in texts:
        verb, _, name = text.partition(" ")
        if verb == "replaces":
            replaced.append(name)
        else:
            yield text
    if replaced:
        others = f" and {len(replaced) - 1} more" if replaced[1:] else ""
        yield f"replaces {replaced[0]}{others}"


_EXAMINED = {ast.Import, ast.ImportFrom, ast.Attribute, ast.Call, ast.Constant}


def _nodes(tree: ast.AST) -> list[ast.AST]:
    """Return all nodes as ``ast.walk`` does, in a third of the time."""
    nodes = [tree]
    for node in nodes:  # the list grows while it is read
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                nodes += [child for child in value if isinstance(child, ast.AST)]
            elif isinstance(value, ast.AST):
                nodes.append(value)
    return nodes


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name.split(".")[0]


def _texts(node: ast.AST, modules: set[str]) -> Iterator[str]:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        dotted = _dotted(node)
        if dotted.split(".")[0] in modules:
            yield f"replaces {dotted}"
    elif isinstance(node, ast.Call):
        name = _dotted(node.func)
        if name in ENDS:
            yield f"calls {name}"
        if name in LOOKS:
            yield LOOKS[name]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (text for part, text in PATHS.items() if part in node.value)


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


__all__ = ["code_flags"]
