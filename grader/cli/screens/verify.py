"""What ``grader verify`` shows: a bar with count and time left, a table, the gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from grader.authoring.verify.proof import Point, Proof, Verdict
from grader.cli.screens import grade


class Live(grade.LiveView):
    """A progress bar over all wrong answers; plain lines without a terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._task: TaskID | None = None
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console,
            disable=not console.is_terminal,
            speed_estimate_period=grade.PACE_SECONDS,
        )

    def begin(self, notebooks: Sequence[str], count: int) -> None:
        """Say what there is to do."""
        names = ", ".join(notebooks)
        grade.say(self._console, f"Warming up for {names}: {count} wrong answers.")
        self._task = self._progress.add_task("warming up", total=count)

    def at(self, notebook: str) -> None:
        """Say which notebook is tried."""
        if self._task is not None:
            self._progress.update(self._task, description=grade.marked(notebook))
        if not self._console.is_terminal:
            grade.say(self._console, notebook)

    def tried(self) -> None:
        """Count one more."""
        if self._task is not None:
            self._progress.advance(self._task)


def table(proofs: Sequence[Proof]) -> Table:
    """Return a row for each notebook: what was found of each point."""
    made = grade.new_table("Are the tests any good?")
    # The one column that may be narrowed, on two lines: figures stay whole.
    made.add_column("notebook", overflow="fold")
    titles = ("solution", "blank", "wrong", "subtle", "made", "copy", "seeds", "s")
    for title in titles:
        made.add_column(title, justify="right", no_wrap=True)
    for proof in proofs:
        made.add_row(grade.marked(proof.notebook), *_cells(proof))
    return made


def _cells(proof: Proof) -> list[str]:
    subtle = [v for v in proof.of("kept") if v.mutant.subtle]
    return [
        _signed(proof, "solution", f"{proof.earned:g}/{proof.points:g}"),
        _signed(proof, "blank", f"{sum(c.points for c in proof.blank):g}"),
        _signed(proof, "wrong answers", _share(proof.of("kept", "stub"))),
        _signed(proof, "subtle", str(len(subtle))),
        _signed(proof, "generated", _rate(proof)) if proof.generated else "–",
        _signed(proof, ("leak", "stub"), ""),
        _signed(proof, "seeds", str(len(proof.seeds))),
        f"{proof.seconds:.0f}",
    ]


def _signed(proof: Proof, points: Point | tuple[Point, ...], text: str) -> str:
    """Put a sign before `text`: not a colour alone."""
    short = {each.point for each in proof.shortfalls}
    wanting = not short.isdisjoint((points,) if isinstance(points, str) else points)
    sign = f"[red]{grade.NONE}[/]" if wanting else f"[green]{grade.FULL}[/]"
    return f"{sign} {text}".strip()


def _share(verdicts: Sequence[Verdict]) -> str:
    return f"{sum(not v.trial.passed for v in verdicts)}/{len(verdicts)}"


def _rate(proof: Proof) -> str:
    """Rounded down: 100 % means all."""
    rate = proof.kill_rate
    return "" if rate is None else f"{int(rate * 100)} %"


def gaps(console: Console, proofs: Sequence[Proof]) -> None:
    """Print what is good to know, then all that falls short."""
    for proof in proofs:
        for note in _notes(proof):
            grade.say(console, f"  {proof.notebook}: {note}")
    for proof in proofs:
        for each in proof.shortfalls:
            first, *rest = each.text.split("\n")
            text = f"{grade.NONE} {proof.notebook}: {each.point}: {first}"
            for line in (text, *rest):
                grade.say(console, line)


def _notes(proof: Proof) -> Iterator[str]:
    for test in proof.in_kernel:
        yield f"{test} runs beside student code, with lower trust"
    made, equal = len(proof.of("generated")), len(proof.equal)
    if made:
        caught = made - equal - len(proof.survivors)
        yield (
            f"{caught} of {made - equal} generated mutants caught; {equal} more are "
            "right answers too, as listed"
        )
    if proof.generated:
        for entry in proof.listed.open:
            yield f"{entry.grade_id} is open, none were made of it: {entry.reason}"


__all__ = ["Live", "gaps", "table"]
