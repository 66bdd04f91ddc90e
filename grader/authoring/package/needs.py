"""Find the packages that must be installed beside the grader to grade an assignment.

The instructor has tried the assignment with the versions that are installed here, so a
package asks for the same ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import PurePosixPath

from grader.authoring.package.wheels import Origin, distribution_of, origin_of
from grader.course.imported import top_level_modules
from grader.notebooks.cells import parse_notebook
from grader.records import Assignment

#: The distribution that holds the grader.
OWN = "nbexaminer"


@dataclass(frozen=True, slots=True)
class Needs:
    """The packages that must be installed.

    Attributes
    ----------
    requirements : tuple of str
        Packages from a registry, each with its version.
    constraints : tuple of str
        The versions of all packages that are installed here from a registry.
    wheels : tuple of Origin
        Distributions that no registry has in this version: the grader, and those that
        were installed from a folder or a repository.
    missing : tuple of str
        Modules that the notebooks import and that are not installed here.
    """

    requirements: tuple[str, ...]
    constraints: tuple[str, ...]
    wheels: tuple[Origin, ...]
    missing: tuple[str, ...]


def needs(notebooks: Sequence[Assignment], further: Sequence[str] = ()) -> Needs:
    """Return the packages that must be installed to grade some notebooks.

    Parameters
    ----------
    notebooks
        The notebooks of an assignment.
    further
        Requirements that are added as they are, such as ``pandas`` or ``scipy<2``.
    """
    modules = _modules(notebooks)
    found = {module: distribution_of(module) for module in modules}
    named = sorted({name for name in found.values() if name})
    origins = [origin_of(name) for name in named if _normal(name) != OWN]
    local = [origin for origin in origins if origin.is_local]
    return Needs(
        (
            *(f"{each.name}=={each.version}" for each in origins if not each.is_local),
            *further,
        ),
        tuple(_constraints()),
        (origin_of(OWN), *local),
        tuple(module for module, name in found.items() if not name),
    )


def _modules(notebooks: Iterable[Assignment]) -> list[str]:
    """Return the modules that notebooks import and that do not come with Python."""
    modules = set[str]()
    for notebook in notebooks:
        own = {PurePosixPath(name).parts[0] for name, _ in notebook.files}
        own |= {PurePosixPath(file.name).parts[0] for file in notebook.bound}
        own = {name.removesuffix(".py") for name in own}
        named = {name.partition(".")[0] for name in notebook.imports}
        written = top_level_modules(parse_notebook(notebook.source))
        modules |= (named | written) - own
    return sorted(modules - set(sys.stdlib_module_names))


def _constraints() -> Iterator[str]:
    for name in sorted({_normal(each.name) for each in metadata.distributions()}):
        origin = origin_of(name)
        if not origin.is_local:
            yield f"{origin.name}=={origin.version}"


def _normal(name: str) -> str:
    return name.replace("_", "-").replace(".", "-").lower()


__all__ = ["OWN", "Needs", "needs"]
