"""Make the table and the comparison of the MNIST benchmark."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

GOAL = 0.99
TEST_IMAGES = 10_000


@dataclass(frozen=True)
class Epoch:
    """Seconds of training until the end of an epoch, and the accuracy at its end."""

    processor: float
    wall: float
    validation: float

    def __str__(self) -> str:
        times = f"CPU {self.processor:.0f} s, wall {self.wall:.0f} s"
        return f"{times}, validation {self.validation:.2%}"


@dataclass(frozen=True)
class TrainingRun:
    """Sizes, times and accuracies of one model, trained once."""

    model: str
    title: str
    seed: int
    parameters: int
    multiply_adds: int
    epochs: list[Epoch]
    test: float

    @property
    def goal(self) -> Epoch | None:
        """The first epoch that ends with 99 % on the validation images, if any."""
        return next((e for e in self.epochs if e.validation >= GOAL), None)


def interval(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """Return the confidence interval of a share: Wilson's score interval.

    Source: E. B. Wilson, 1927. Unlike the usual interval it never exceeds 1.

    Parameters
    ----------
    share : float
        Share of successes, 0 to 1.
    count : int
        Number of cases.
    z : float
        Quantile of the normal distribution; 1.96 for 95 %.

    Returns
    -------
    float, float
        Ends of the interval.
    """
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    spread = math.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2)
    half = z * spread / (1 + z * z / count)
    return middle - half, middle + half


def table(runs: Sequence[TrainingRun]) -> str:
    """Return a Markdown table, one row per model."""
    head = (
        "model",
        "parameters",
        "multiply-adds",
        "epochs",
        "training, CPU s (wall s)",
        "to 99 %, CPU s (wall s)",
        "test accuracy, mean [95 %]",
        "worst seed",
    )
    names = dict.fromkeys(run.model for run in runs)
    rows = [row([run for run in runs if run.model == name]) for name in names]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def row(runs: Sequence[TrainingRun]) -> tuple[str, ...]:
    """Return the table's cells for one model, from its runs with all seeds."""
    first, share = runs[0], mean(run.test for run in runs)
    low, high = interval(share, TEST_IMAGES)
    return (
        first.title,
        f"{first.parameters:,}",
        f"{first.multiply_adds:,}",
        f"{len(first.epochs)}",
        seconds([run.epochs[-1] for run in runs]),
        to_goal(runs),
        f"{share:.2%} [{low:.2%}, {high:.2%}]",
        f"{min(run.test for run in runs):.2%}",
    )


def seconds(epochs: Iterable[Epoch]) -> str:
    """Return mean times, as ``processor (wall)``."""
    processor, wall = zip(*((e.processor, e.wall) for e in epochs), strict=True)
    return f"{mean(processor):.0f} ({mean(wall):.0f})"


def to_goal(runs: Sequence[TrainingRun]) -> str:
    """Return the mean time to 99 % of the runs that reached it."""
    reached = [run.goal for run in runs if run.goal]
    if not reached:
        return "not reached"
    some = "" if len(reached) == len(runs) else f", {len(reached)} of {len(runs)} runs"
    return seconds(reached) + some


def comparison(runs: Sequence[TrainingRun]) -> str:
    """Compare the lab's whole training with Keras' recipe, one line per comparison."""
    lab, recipe = ({r.seed: r for r in runs if r.model == m} for m in ("own", "keras"))
    pairs = [(seed, lab[seed], recipe[seed]) for seed in lab if seed in recipe]
    return "\n".join(line for pair in pairs for line in comparison_lines(*pair))


def comparison_lines(seed: int, lab: TrainingRun, recipe: TrainingRun) -> list[str]:
    """Compare the lab's training with the recipe's, until 99 % and as a whole.

    Parameters
    ----------
    seed : int
        The seed of both runs.
    lab, recipe : TrainingRun
        The runs to compare.

    Returns
    -------
    list of str
        One sentence per comparison.
    """
    to_goal = f"to {GOAL:.0%} on the validation images"
    lines = [ratio(lab, recipe.goal, to_goal)] if recipe.goal else []
    reached = (
        "" if recipe.goal else ", which never reached 99 % on the validation images"
    )
    every = f"for all its {len(recipe.epochs)} epochs{reached}"
    lines.append(ratio(lab, recipe.epochs[-1], every))
    start = f"Seed {seed}: all training of the lab's CNN took"
    return [f"{start} {line}" for line in lines]


def ratio(lab: TrainingRun, other: Epoch, what: str) -> str:
    """Return the lab's share of the time that the recipe needed.

    Parameters
    ----------
    lab : TrainingRun
        The lab's whole training.
    other : Epoch
        Times of the recipe.
    what : str
        What the recipe needed this time for.

    Returns
    -------
    str
        The end of a sentence.
    """
    whole = lab.epochs[-1]
    return (
        f"{whole.processor / other.processor:.2f} of the processor time "
        f"({whole.wall / other.wall:.2f} of the wall time) that Keras' recipe needed "
        f"{what}."
    )
