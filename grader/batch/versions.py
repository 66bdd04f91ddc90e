"""Find the versions that a grade depends on: the interpreter and the packages.

Two machines with the same :func:`facts` give the same grades. The facts are part of the
key under which a grade is cached, and the workers of a cluster must have the same ones.
"""

from __future__ import annotations

import hashlib
import importlib.util
import platform
import re
import sysconfig
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path

# Packages that every kernel and examiner uses, whatever the lesson imports.
ALWAYS = ("grader", "ipykernel", "msgpack", "numpy", "pyzmq")
# "numpy>=1.26; python_version < '3.12'" names numpy.
_NAME = re.compile(r"[\w.-]+")


@lru_cache(maxsize=32)
def facts(modules: tuple[str, ...]) -> Mapping[str, str]:
    """Return the versions of everything that grading uses with some modules imported.

    That includes the packages that other packages require. A package that is imported
    from a folder instead of being installed has no reliable version, so that its files
    are hashed.

    Parameters
    ----------
    modules
        What the lesson imports.

    Examples
    --------
    >>> sorted(facts(()).keys() & {"grader", "numpy", "python"})
    ['grader', 'numpy', 'python']
    """
    tops = {module.partition(".")[0] for module in (*ALWAYS, *modules)}
    versions = _versions(map(_distribution, tops))
    versions |= {name: _digest(name) for name in tops if _is_loose(name)}
    python = f"{platform.python_implementation()} {platform.python_version()}"
    versions["python"] = f"{python} {platform.machine()}"
    return dict(sorted(versions.items()))


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[str, ...]:
    """Return one phrase for each fact in which two machines differ.

    Parameters
    ----------
    ours, theirs
        The facts of this machine and of another one.

    Examples
    --------
    >>> differences({"numpy": "2.1"}, {"numpy": "1.26", "python": "3.12"})
    ('numpy 1.26 instead of 2.1', 'python 3.12 instead of none')
    """
    names = sorted(ours.keys() | theirs.keys())
    return tuple(
        f"{name} {_short(theirs.get(name))} instead of {_short(ours.get(name))}"
        for name in names
        if ours.get(name) != theirs.get(name)
    )


def _short(version: str | None) -> str:
    return "none" if version is None else version[:32]


def _versions(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of distributions and of all that they require."""
    versions: dict[str, str] = {}
    waiting = list(names)
    while waiting:
        name = _normal(waiting.pop())
        if name not in versions and (distribution := _installed(name)):
            versions[name] = distribution.version
            waiting += _required(distribution.requires or ())
    return versions


def _required(requirements: Iterable[str]) -> Iterator[str]:
    for line in requirements:
        match = _NAME.match(line)
        # Packages of extras are left out; those that the lesson imports are listed.
        if match and "extra ==" not in line:
            yield match[0]


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except (metadata.PackageNotFoundError, ValueError):
        return None


def _distribution(module: str) -> str:
    """Return the distribution of a module, which often has the same name."""
    if _installed(module) or _is_loose(module):
        return module
    return next(iter(_distributions_of_modules().get(module, ())), module)


@lru_cache(maxsize=1)
def _distributions_of_modules() -> Mapping[str, Collection[str]]:
    # Slow, because it reads files of every package: only used where the name differs.
    return metadata.packages_distributions()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_loose(module: str) -> bool:
    """Say whether a module is imported from a folder instead of being installed."""
    home = _home(module)
    installed = {sysconfig.get_path(key) for key in ("stdlib", "purelib", "platlib")}
    return home is not None and not any(map(home.is_relative_to, installed))


def _digest(module: str) -> str:
    """Return a hash of the Python files of `module`."""
    home = _home(module)
    assert home is not None
    total = hashlib.sha256()
    for path in sorted(home.rglob("*.py")) if home.is_dir() else [home]:
        total.update(f"{path.relative_to(home)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def _home(module: str) -> Path | None:
    """Return the folder or file of a top-level module; None for a built-in one."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return Path(spec.origin) if spec.has_location and spec.origin else None


__all__ = ["differences", "facts"]
