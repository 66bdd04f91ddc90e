"""Put the notebook together that is graded. Pure.

The instructor's notebook is taken; the student's answers, own cells and changes of
open cells go into it. Tests and all other locked cells stay the instructor's.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from operator import or_
from typing import Any

from grader.notebooks import magics
from grader.notebooks.cells import NotebookNode, nbgrader_of, new_cell, tags_of
from grader.submissions import roles
from grader.submissions.align import Profile
from grader.submissions.blank import worked_on
from grader.submissions.compare import Comparison, excerpt
from grader.submissions.recover import Recovered
from grader.submissions.repair import attachments
from grader.submissions.repair.attachments import LOST

PARAMETERS = "parameters"
INJECTED = "injected-parameters"
_BADGE = "colab-badge.svg"


def assemble(
    comparison: Comparison, recovered: Recovered, parameters: Mapping[str, Any]
) -> tuple[NotebookNode, list[str]]:
    """Return the notebook to grade, and sentences for the student on what was done.

    Parameters
    ----------
    comparison
        The submission beside the cells that students received. Its `source` becomes
        the notebook.
    recovered
        The student's answers.
    parameters
        Values for a cell that is put after the one tagged ``parameters``, or first if
        no cell has that tag.
    """
    return _Assembly(comparison, recovered, parameters).run()


def answer_text(comparison: Comparison, recovered: Recovered, at: int) -> str:
    """Return the student's answer to a cell, or the released text without one.

    Parameters
    ----------
    comparison
        The released and the submitted cells.
    recovered
        The answers that were found.
    at
        Index of the released answer cell.
    """
    answer = recovered.answers[at]
    return answer.source if answer else comparison.reference[at].cell.source


class _Assembly:
    """One run of :func:`assemble`; holds what its steps share."""

    def __init__(
        self,
        comparison: Comparison,
        recovered: Recovered,
        parameters: Mapping[str, Any],
    ) -> None:
        self.comparison = comparison
        self.recovered = recovered
        self.parameters = parameters
        self.repairs: list[str] = []

    def run(self) -> tuple[NotebookNode, list[str]]:
        notebook = self.comparison.source
        extras = self.extra_cells()
        nodes = list(extras.get(-1, []))
        for at, node in enumerate(notebook.cells):
            if at in self.recovered.answers:
                self.fill_in(node, at)
            roles.set_role(node)
            nodes += [node, *self.injected(node), *self.edited(at), *extras.get(at, [])]
        if self.parameters and not any(map(_takes_parameters, notebook.cells)):
            nodes.insert(0, self.parameter_cell())
        notebook.cells = _with_unique_ids(nodes)
        return notebook, self.repairs

    # Answers -------------------------------------------------------------------
    def fill_in(self, node: NotebookNode, at: int) -> None:
        """Put the student's answer into an answer cell."""
        node.source = answer_text(self.comparison, self.recovered, at)
        self.attach_pictures(node, at)
        # nbgrader recognises a blank answer by the checksum of the released cell.
        released = nbgrader_of(self.comparison.reference[at].cell.node)
        if "checksum" in released:
            node.metadata["nbgrader"]["checksum"] = released["checksum"]

    def attach_pictures(self, node: NotebookNode, at: int) -> None:
        """Give an answer in text the pictures that it shows.

        They may be in any cell of the submission. Many have the same name, such as
        image.png, so that the answer's own cell is searched first.
        """
        if node.cell_type == "code":
            return
        theirs = self.comparison.submitted_for(at)
        order = sorted(self.comparison.submitted, key=lambda profile: profile != theirs)
        sources = [*(profile.cell.node for profile in order), node]
        self.show_pictures(node, sources, self.comparison.title(at))

    def show_pictures(
        self, node: NotebookNode, sources: Sequence[NotebookNode], title: str
    ) -> None:
        """Keep in a cell the pictures that its text shows.

        Parameters
        ----------
        node
            A text cell.
        sources
            The cells whose attachments are searched, in this order.
        title
            What to call the cell when a picture is missing.
        """
        pictures = attachments.shown(
            node.source, [source.get("attachments", {}) for source in sources]
        )
        node.pop("attachments", None)
        if pictures:
            node["attachments"] = NotebookNode(pictures)
        for name in (name for name, picture in pictures.items() if picture == LOST):
            self.repairs.append(
                f"The picture {name} in {title} is not in your file; paste it again."
            )

    # Parameters ----------------------------------------------------------------
    def injected(self, node: NotebookNode) -> list[NotebookNode]:
        """Return the cell that sets the parameters, if it belongs after this cell."""
        wanted = self.parameters and _takes_parameters(node)
        return [self.parameter_cell()] if wanted else []

    def parameter_cell(self) -> NotebookNode:
        lines = [f"{name} = {value!r}" for name, value in self.parameters.items()]
        node = new_cell("code", "\n".join(lines), INJECTED)
        node.metadata["tags"] = [INJECTED]
        roles.set_role(node)
        return node

    # The student's own cells -----------------------------------------------------
    def edited(self, at: int) -> list[NotebookNode]:
        """Return the student's version of an instructor's cell, if it says more.

        A locked code cell has no other version. Neither has the one with parameters:
        the student's values would undo those that were injected.
        """
        theirs, ours = self.comparison.submitted_for(at), self.comparison.reference[at]
        if theirs is None or at in self.recovered.answers:
            return []
        closed = ours.cell.locked or PARAMETERS in ours.cell.tags
        closed = closed if theirs.code else self.comparison.origin.unknown
        if closed or not worked_on(ours, theirs.text) or _only_filled_in(ours, theirs):
            return []
        if theirs.code and not _is_form(ours):
            self.repairs.append(
                f"You changed one of the instructor's cells ({excerpt(ours)}); "
                "the original was restored, and your version was run after it."
            )
        return [self.extra_cell(theirs)]

    def extra_cell(self, profile: Profile) -> NotebookNode:
        cell = profile.cell
        node = new_cell(cell.cell_type, cell.source, cell.identifier)
        roles.mark_as_extra(node)
        if not cell.is_code:
            self.show_pictures(node, [cell.node], "a text of your own")
        return node

    def extra_cells(self) -> dict[int, list[NotebookNode]]:
        """Return the student's own cells, by the reference cell that they follow."""
        matched = {p: at for at, p in self.comparison.alignment.cells.items()}
        answers = self.recovered.answers
        # A blank copy of an answer cell would undo the answer above it.
        idle = {"", *(self.comparison.reference[at].text for at in answers)}
        idle |= self.comparison.origin.texts
        extras: dict[int, list[NotebookNode]] = {}
        anchor = -1
        for place, profile in enumerate(self.comparison.submitted):
            anchor = matched.get(place, anchor)
            new = place not in self.recovered.used
            if new and profile.text not in idle and _BADGE not in profile.text:
                extras.setdefault(anchor, []).append(self.extra_cell(profile))
        return extras


def _takes_parameters(node: NotebookNode) -> bool:
    return PARAMETERS in tags_of(node)


def _is_form(profile: Profile) -> bool:
    """Say whether a cell asks to be filled in, such as ``NAME = ""``."""
    tree = magics.parsed(profile.text)
    return tree is not None and bool(tree.body) and all(map(_is_blank_line, tree.body))


def _only_filled_in(ours: Profile, theirs: Profile) -> bool:
    """Say whether the student changed nothing in a cell but a blank to fill in.

    Such as the guess in a cell that begins with ``guess = ""``: nothing needs it.
    """
    before, after = magics.parsed(ours.text), magics.parsed(theirs.text)
    if before is None or after is None or len(before.body) != len(after.body):
        return False
    pairs = list(zip(before.body, after.body, strict=True))
    kept = [ast.dump(mine) == ast.dump(other) for mine, other in pairs]
    filled = [_is_blank_line(m) and _is_filled_line(m, o) for m, o in pairs]
    return any(kept) and all(map(or_, kept, filled))


def _is_blank_line(line: ast.stmt) -> bool:
    value = getattr(line, "value", line)
    return isinstance(value, ast.Constant) and value.value in ("", None)


def _is_filled_line(blank: ast.stmt, filled: ast.stmt) -> bool:
    """Say whether a line assigns a literal value to the same name as the blank one."""
    if not (isinstance(blank, ast.Assign) and isinstance(filled, ast.Assign)):
        return False
    same = list(map(ast.dump, blank.targets)) == list(map(ast.dump, filled.targets))
    return same and _is_literal(filled.value)


def _is_literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True


def _with_unique_ids(nodes: list[NotebookNode]) -> list[NotebookNode]:
    """Rename extra cells whose id is taken; the instructor's cells keep theirs."""
    extras = [node for node in nodes if node.metadata.get("grader", {}).get("extra")]
    extra_objects = set(map(id, extras))
    taken = {node.id for node in nodes if id(node) not in extra_objects}
    for number, node in enumerate(extras, start=1):
        while node.id in taken:
            node["id"] = f"extra-{number}" if len(node.id) > 50 else f"{node.id}-x"
        taken.add(node.id)
    return nodes


__all__ = ["INJECTED", "PARAMETERS", "answer_text", "assemble"]
