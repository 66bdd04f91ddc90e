"""Read where a course is published, and write that into its notebooks.

The address is one setting: ``[tool.grader]`` in the course's pyproject.toml. The links
and the setup cell of each source notebook repeat it. The setup cell is the first code
cell; it first installs the course's package, if the course has one and it is missing.
It installs nothing from an address that is not set: that could belong to a stranger.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import project
from grader.course.course import Course
from grader.errors import CourseError
from grader.notebooks.cells import NotebookNode, notebook_text, parse_notebook

COLAB = "https://colab.research.google.com/github/"
UNSET_OWNER = "your_university"
"""The owner of an address that is not set: GitHub allows no underscore there."""
_OWNER = re.compile(r"[A-Za-z0-9-]{1,39}")
_NAME = re.compile(r"[\w.-]+", re.ASCII)
_BRANCH = re.compile(r"[\w./-]+", re.ASCII)
_BUTTON = re.compile(
    re.escape(COLAB) + r"[^/\s]+/[^/\s]+/blob/\S+?/([^/\s]+/[^/\s]+\.ipynb)"
)
_IMPORT_LINES = r"^try:\n {4}import %s\nexcept ImportError:\n {4}.*(?:\n {4}.*)*"


@dataclass(frozen=True, slots=True)
class Address:
    """A GitHub repository and a branch.

    Attributes
    ----------
    repository : str
        As ``OWNER/NAME``.
    branch : str
        The branch with the student copies that links lead to.
    package : str
        The package that notebooks import, and may install from the repository; empty
        if the course has none.
    """

    repository: str
    branch: str
    package: str = ""

    @property
    def is_published(self) -> bool:
        """Whether a maintainer has set the address."""
        return self.repository.partition("/")[0] != UNSET_OWNER

    @property
    def home(self) -> str:
        """The repository's page."""
        return f"https://github.com/{self.repository}"

    def colab(self, target: str) -> str:
        """Return the link that opens ``FOLDER/NAME.ipynb`` in Colab."""
        return f"{COLAB}{self.repository}/blob/{self.branch}/{target}"

    @property
    def import_lines(self) -> str:
        """The lines of a setup cell that import the package or install it.

        Empty if the course has no package.
        """
        if not self.package:
            return ""
        if self.is_published:
            rest = f"    %pip install -q git+{self.home}"
        else:
            rest = (
                "    raise RuntimeError(\n"
                f'        "{self.package} is missing: '
                'open this notebook with `make lab` "\n'
                '        "in a copy of the whole course\'s folder"\n'
                "    ) from None"
            )
        return f"try:\n    import {self.package}\nexcept ImportError:\n{rest}"


def read(root: Path) -> Address:
    """Return the address that a course's pyproject.toml names.

    Raises
    ------
    CourseError
        It names no address, or one that is not valid.
    """
    path, settings = root / project.FILE, project.settings(root)
    try:
        repository, branch = str(settings["repository"]), str(settings["branch"])
    except KeyError as error:
        raise CourseError(
            f"{path}: does not say where the course is published ({error} is missing); "
            f"add [{project.TABLE}] with repository = 'OWNER/NAME' and branch = 'main'"
        ) from None
    package = str(settings.get("package", ""))
    if package and not package.isidentifier():
        raise CourseError(
            f"{path}: package = {package!r} cannot be imported; write the name that "
            "notebooks import, or leave it out"
        )
    owner, _, name = repository.partition("/")
    legal_owner = owner == UNSET_OWNER or _OWNER.fullmatch(owner)
    if not (legal_owner and _NAME.fullmatch(name) and _BRANCH.fullmatch(branch)):
        raise CourseError(
            f"{path}: repository = {repository!r} and branch = {branch!r} are not "
            "valid on GitHub; write repository = 'OWNER/NAME', branch = 'main'"
        )
    return Address(repository, branch, package)


def write(course: Course, names: Sequence[str] = ()) -> tuple[Path, ...]:
    """Write the published address into the source notebooks.

    Parameters
    ----------
    course
        A course with ``solutions/``.
    names
        Notebooks to write; all if empty.

    Returns
    -------
    tuple of Path
        The sources that have changed.

    Raises
    ------
    CourseError
        pyproject.toml names no address, or a notebook has no setup cell. Nothing is
        written then.
    """
    address = read(course.root)
    texts: dict[Path, str] = {}
    for name in names or course.assignment_names():
        path = course.source_path(Path(name).stem)
        before = path.read_text(encoding="utf-8")
        after = _readdressed(before, address, str(path))
        if after != before:
            texts[path] = after
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return tuple(texts)


def _readdressed(text: str, address: Address, where: str) -> str:
    notebook = parse_notebook(text)
    if address.package:
        _write_setup(_setup_cell(notebook), address, where)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _BUTTON.sub(lambda m: address.colab(m[1]), cell.source)
    return notebook_text(notebook)


def _write_setup(setup: Any, address: Address, where: str) -> None:
    lines = re.compile(_IMPORT_LINES % re.escape(address.package), re.MULTILINE)
    if setup is None or not lines.search(setup.source):
        raise CourseError(
            f"{where}: its first code cell does not import the course's package; begin "
            f"it with\n{address.import_lines}"
        )
    setup.source = lines.sub(lambda _: address.import_lines, setup.source, count=1)


def _setup_cell(notebook: NotebookNode) -> Any:
    return next((c for c in notebook.cells if c.cell_type == "code"), None)


__all__ = ["COLAB", "UNSET_OWNER", "Address", "read", "write"]
