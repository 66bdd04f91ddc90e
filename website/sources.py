"""Write the sources of the site: a folder of pages that Sphinx reads.

Only what has changed is written, so that Sphinx makes only those pages again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.lint import address as published
from grader.authoring.lint.address import Address
from grader.course import student_copies
from grader.course.course import Course
from website import cells, explorers, font, guides, misconceptions, quiz, reference
from website.lessons import Lesson, page
from website.outputs import FROM_SOLUTIONS
from website.places import HERE, ROOT
from website.runs import Run, RunRequest

# Training takes long in the lab, so it is run with its short profile.
PROFILES = {"06_mnist_lab": "smoke"}
NOTEBOOKS = "notebooks"
"""Folder of the finished site with the notebooks to download."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The lessons that the site has.

    Attributes
    ----------
    course : Course
        The course.
    names : tuple of str
        Its lessons, in their order.
    address : Address
        Where the course is published.
    """

    course: Course
    names: tuple[str, ...]
    address: Address


def plan(names: Sequence[str] = ()) -> Plan:
    """Plan a site with all lessons, or with those that are named.

    Raises
    ------
    ValueError
        If a name is unknown, or a student copy differs from its source.
    """
    course = Course.open(ROOT)
    listed = tuple(course.assignment_names())
    if unknown := set(names).difference(listed):
        raise ValueError(f"no lessons {sorted(unknown)}; there are {', '.join(listed)}")
    kept = tuple(name for name in listed if name in names or not names)
    refuse_changed_copies(course, kept)
    return Plan(course, kept, published.read(ROOT))


def refuse_changed_copies(course: Course, names: Sequence[str]) -> None:
    """Raise a ValueError for a student copy in which somebody has worked.

    Its page would show that person's answers to every reader.
    """
    changed = [copy.path.name for copy in student_copies.stale(course.root, names)]
    if changed:
        raise ValueError(
            f"student copies differ from their sources: {', '.join(changed)}. Their "
            "pages would show answers, or old text. Keep elsewhere what you need of "
            "them, and make them again: grader release"
        )


def requests(planned: Plan) -> tuple[RunRequest, ...]:
    """Return the runs that the site needs."""
    copies = [_copy(planned, name) for name in planned.names]
    solutions = [_solution(planned, n) for n in planned.names if n in FROM_SOLUTIONS]
    return (*copies, *solutions)


def _copy(planned: Plan, name: str) -> RunRequest:
    return RunRequest(
        name, planned.course.copy_path(name), True, PROFILES.get(name, "")
    )


def _solution(planned: Plan, name: str) -> RunRequest:
    path = planned.course.source_path(name)
    return RunRequest(name, path, False, PROFILES.get(name, ""))


def write(planned: Plan, ran: Mapping[RunRequest, Run], folder: Path) -> None:
    """Write the sources, and remove what does not belong to them.

    Parameters
    ----------
    planned
        The lessons that the site has.
    ran
        The runs of ``requests(planned)``.
    folder
        Folder for the sources. Sphinx reads ``folder / "pages"``, copies
        ``folder / "extra"`` as it is, and ``folder / "static"`` to its styles.
    """
    made = dict(_lessons(planned, ran))
    made |= dict(_guides(planned.address))
    made |= dict(_written_pages())
    made |= _generated(planned)
    pages = {f"pages/{place}": content for place, content in made.items()}
    pages |= dict(_downloads(planned))
    pages[f"static/{font.FILE}"] = font.font()
    _put(folder, pages)


def _lessons(
    planned: Plan, ran: Mapping[RunRequest, Run]
) -> Iterable[tuple[str, bytes]]:
    for name in planned.names:
        copy = planned.course.copy_path(name)
        inside = copy.relative_to(ROOT)
        solved = ran.get(_solution(planned, name))
        source = cells.read(planned.course.source_path(name))
        colab = planned.address.colab(inside.as_posix())
        lesson = Lesson(
            name=name,
            copy=cells.read(copy),
            run=ran[_copy(planned, name)],
            solved=solved,
            lessons=planned.names,
            questions=quiz.quizzes(source),
            download=f"../{NOTEBOOKS}/{inside.name}",
            colab=colab if planned.address.is_published else "",
        )
        yield inside.as_posix(), json.dumps(page(lesson), indent=1).encode()


def _guides(address: Address) -> Iterable[tuple[str, bytes]]:
    docs = ROOT / "docs"
    listed, about = [], "# Guides"
    for path in sorted(docs.rglob("*")):
        inside = path.relative_to(docs).as_posix()
        if path.suffix in guides.PAGES:
            text = guides.rewritten(path.read_text("utf-8"), f"docs/{inside}", address)
            if f"docs/{inside}" == guides.ABOUT:
                about = text
                continue
            listed.append(inside)
            yield f"guides/{inside}", text.encode()
        elif path.suffix in guides.PICTURES:
            yield f"guides/{inside}", path.read_bytes()
    for place, text in guides.indexes(listed, about).items():
        yield f"guides/{place}", text.encode()


def _written_pages() -> Iterable[tuple[str, bytes]]:
    for path in sorted((HERE / "pages").rglob("*.md")):
        text = explorers.with_explorers(path.read_text("utf-8"))
        yield path.relative_to(HERE / "pages").as_posix(), text.encode()


def _generated(planned: Plan) -> dict[str, bytes]:
    places = {
        name: planned.course.copy_path(name).relative_to(ROOT).as_posix()
        for name in planned.names
    }
    lessons = {
        name: (
            place.replace(".ipynb", ".html"),
            _title(planned.course.copy_path(name)),
        )
        for name, place in places.items()
    }
    entries = misconceptions.entries()
    made = {
        "gallery.md": explorers.page(
            [places.get(name, "") for name in planned.course.assignment_names()]
        ),
        "lessons.md": _contents(places),
        "misconceptions.md": misconceptions.page(entries, lessons, explorers.titles()),
        "reference/commands.md": reference.commands(),
        "reference/python.md": reference.python(),
        "reference/cnnlab.md": reference.course_package(),
    }
    return {place: text.encode() for place, text in made.items()}


def _contents(places: Mapping[str, str]) -> str:
    listed = "\n".join(place.removesuffix(".ipynb") for place in places.values())
    return (
        "# Lessons\n\nTake them in order. Each says at its top how long its sections "
        "take, and can be read here; the exercises are done in the notebook.\n\n"
        f"```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n"
    )


def _title(path: Path) -> str:
    first = cells.source(cells.read(path)[0])
    return first.partition("\n")[0].removeprefix("# ")


def _downloads(planned: Plan) -> Iterable[tuple[str, bytes]]:
    for name in planned.names:
        copy = planned.course.copy_path(name)
        yield f"extra/{NOTEBOOKS}/{copy.name}", copy.read_bytes()
    # Without this file GitHub Pages leaves out folders that begin with "_".
    yield "extra/.nojekyll", b""


def _put(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make a folder hold exactly these files."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                shutil.rmtree(path)
        elif path.relative_to(folder).as_posix() not in contents:
            path.unlink()
    for place, content in contents.items():
        path = folder / place
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


__all__ = ["NOTEBOOKS", "PROFILES", "Plan", "plan", "requests", "write"]
