"""Join an explorer's ES modules into one that imports nothing.

anywidget and a page without a server want one module. Ours are plain and small: they
import each other by relative paths, one statement on a line, and declare functions and
constants that begin at the start of a line. These are written one after the other, so
that no two modules may declare the same name. Left out are declarations that nothing
uses, comments on lines of their own, and white space beside signs, outside texts. That
texts are found needs a semicolon after each statement, and regular expressions without
white space, quotation marks and braces that stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
KIT = HERE / "kit"

__all__ = ["HERE", "KIT", "joined", "kit_and_own", "own_style", "stylesheet"]

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "([./\w]+\.mjs)";\n', re.MULTILINE)
_DEFAULT = re.compile(r"^export default (\{[^}]*\});\n", re.MULTILINE)
_DECLARED = re.compile(r"(?:export )?(?:async )?(?:function\*?|const|let) (\w+)")
# A declaration goes from its first line to the next line that is not indented.
_START = re.compile(r"^(?=(?:export |async |function|const |let ))", re.MULTILINE)
_COMMENT = re.compile(r"\s*(//|/?\*)")
_WORD = re.compile(r"[\w$]+")
_BESIDE = re.compile(
    r"\s*([,;?:])\s*|([(\[])\s*| ?([=*/%<>()\[\]&|!]|(?<![+-] )[+-](?! [+-])) ?"
)
_QUOTED = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_CODE = re.compile(rf"""(?:[^"'`{{}}]|{_QUOTED})*""")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
_TEXT = re.compile(f"({_QUOTED})")


@dataclass
class _Module:
    """A module: its imports as ``(names, path)``, declarations, and what is wanted."""

    path: Path
    imports: list[tuple[list[str], Path]]
    declarations: dict[str, str]
    default: str = ""
    wanted: set[str] = field(default_factory=set)

    def used(self) -> list[str]:
        """Return the names of the declarations that are needed, in their order."""
        found: set[str] = set()
        open_names = set(self.wanted) | set(_WORD.findall(self.default))
        while open_names:
            name = open_names.pop()
            if name in self.declarations and name not in found:
                found.add(name)
                open_names |= set(_WORD.findall(self.declarations[name]))
        return [name for name in self.declarations if name in found]


@cache
def joined(name: str) -> str:
    """Return the one module of an explorer.

    Parameters
    ----------
    name
        The explorer's folder, such as ``"shapes"``.

    Raises
    ------
    ValueError
        If a module imports or declares in a form that is not known here, or two
        modules declare the same name.
    """
    modules: dict[Path, _Module] = {}
    view = _add_view(name, modules)
    _find_wanted(modules)
    lines = (line.strip() for line in _text(modules.values()).split("\n"))
    text = _tight("\n".join(filter(None, lines)))
    return f"{text}\nexport default {view.default};\n"


def kit_and_own(names: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return what several explorers share, and for each its own, for one page.

    Parameters
    ----------
    names
        The explorers' folders.

    Returns
    -------
    tuple
        The kit's code, and by name the code of each explorer, whose last line
        returns its view.

    Raises
    ------
    ValueError
        As :func:`joined`.
    """
    modules: dict[Path, _Module] = {}
    views = {name: _add_view(name, modules) for name in names}
    _find_wanted(modules)
    kit = [module for module in modules.values() if module.path.parent == KIT]
    own = {
        name: _text(m for m in modules.values() if m.path.parent == view.path.parent)
        for name, view in views.items()
    }
    returned = {name: f"return {view.default};\n" for name, view in views.items()}
    return _text(kit), {name: f"{own[name]}\n{returned[name]}" for name in views}


def _add_view(name: str, modules: dict[Path, _Module]) -> _Module:
    view = _add(HERE / name / "view.mjs", modules)
    if not view.default:
        raise ValueError(f"{view.path}: no line 'export default {{ render }};'")
    return view


def _find_wanted(modules: dict[Path, _Module]) -> None:
    """Tell each module which of its declarations the others want."""
    # A module comes after the modules that it imports; so start with the last.
    for module in reversed(modules.values()):
        kept = [module.declarations[name] for name in module.used()]
        words = set(_WORD.findall("\n".join([*kept, module.default])))
        for names, path in module.imports:
            modules[path].wanted |= words.intersection(names)


def _text(modules: Iterable[_Module]) -> str:
    """Return the declarations that are needed, of modules that share a scope."""
    found: dict[str, Path] = {}
    blocks = []
    for module in modules:
        for declared in module.used():
            if declared in found:
                both = f"{found[declared]} and {module.path}"
                raise ValueError(f"{both} both declare {declared}: rename one")
            found[declared] = module.path
            blocks.append(module.declarations[declared])
    return "\n".join(blocks)


def stylesheet(name: str) -> str:
    """Return the CSS of an explorer: the kit's, and its own."""
    return (KIT / "kit.css").read_text("utf-8") + own_style(name)


def own_style(name: str) -> str:
    """Return an explorer's own CSS, which holds for its element alone.

    Several explorers may be on a page, and their own classes may have the same names.
    """
    own = HERE / name / "style.css"
    if not own.exists():
        return ""
    return f'[data-cl-name="{name}"] {{\n{own.read_text("utf-8")}}}\n'


def _add(path: Path, modules: dict[Path, _Module]) -> _Module:
    """Read a module, after those that it imports."""
    if path in modules:
        return modules[path]
    source = path.read_text("utf-8")
    imports = [
        (names.split(", "), (path.parent / relative).resolve())
        for names, relative in _IMPORT.findall(source)
    ]
    for _, other in imports:
        _add(other, modules)
    default = _DEFAULT.search(source)
    rest = _DEFAULT.sub("", _IMPORT.sub("", source))
    before, *blocks = _START.split(_without_comments(rest))
    if before.strip():
        raise ValueError(f"{path}: this cannot be joined: {before.strip()[:80]}")
    declarations = {}
    for block in blocks:
        if not (declared := _DECLARED.match(block)):
            raise ValueError(f"{path}: this cannot be joined: {block[:80]}")
        declarations[declared[1]] = block.removeprefix("export ")
    module = _Module(path, imports, declarations, default[1] if default else "")
    modules[path] = module
    return module


def _without_comments(source: str) -> str:
    lines = source.split("\n")
    return "\n".join(line for line in lines if line and not _COMMENT.match(line))


def _tight(source: str) -> str:
    """Leave out white space beside signs, but not within texts and templates."""
    parts: list[str] = []
    at = 0
    # What each open brace belongs to: a block, or a value within a template.
    braces: list[str] = []
    while at < len(source):
        code = _CODE.match(source, at)
        assert code
        at = code.end() + 1
        sign = source[at - 1 : at]
        before = parts[-1][-1:] if parts else "\n"
        parts += [_without_space(code[0], before, sign), sign]
        if sign == "{":
            braces.append("block")
        elif sign == "`" or (sign == "}" and braces.pop() == "template"):
            template = _TEMPLATE.match(source, at)
            if not template:
                raise ValueError(f"a template has no end: {source[at : at + 80]}")
            parts.append(template[0])
            at = template.end()
            if template[0].endswith("${"):
                braces.append("template")
    return "".join(parts)


def _without_space(code: str, before: str, after: str) -> str:
    """Leave out white space in code between two braces; texts stay as they are."""
    parts = _TEXT.split(code)
    parts[::2] = [_BESIDE.sub(r"\1\2\3", part) for part in parts[::2]]
    tight = "".join(parts)
    tight = tight.lstrip() if before in "{}" else tight
    tight = tight.rstrip() if after in ("{", "}") else tight
    return tight.removesuffix(";") if after == "}" else tight
