"""Run one check on many inputs; count, shorten and print the findings."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress

# The processor time that one input may take.
SECONDS = 1.0
# One input in so many gets the more expensive check.
SAMPLE = 200
# So many findings are printed; the others are only counted.
SHOWN = 10

# What is wrong with how an input was taken; None if nothing is.
Failure = str | None
Check = Callable[[bytes], Failure]


@dataclass(frozen=True)
class Run:
    """What is fuzzed, how often, and from which seed.

    Attributes
    ----------
    name : str
        Printed before the figures.
    unit : str
        What an input is called, in the plural.
    count : int
        How many inputs to try.
    seed : int
        From which they are drawn.
    """

    name: str
    unit: str
    count: int
    seed: int


def try_all(run: Run, draws: Iterable[tuple[Check, bytes]], console: Console) -> int:
    """Try every input with its check; print the findings and a summary.

    Parameters
    ----------
    run
        What is fuzzed.
    draws
        A check and its input, as many pairs as the run counts.
    console
        Where findings, progress and the summary are printed.

    Returns
    -------
    int
        The number of findings.
    """
    found = 0
    before, start = peak_mib(), time.perf_counter()
    with Progress(console=console, transient=True) as progress:
        for check, given in progress.track(
            draws, total=run.count, description=run.name
        ):
            if failure := timed(check, given):
                found += 1
                if found <= SHOWN:
                    short = shortest(given, check)
                    console.print(f"{check.__name__}: {failure}: {short[:200]!r}")
    rate = run.count / max(time.perf_counter() - start, 1e-9)
    console.print(
        f"{run.name}: {run.count:,} {run.unit}, seed {run.seed}, {found} findings, "
        f"{rate:,.0f} a second, {peak_mib() - before:.0f} MiB more held"
    )
    return found


def peak_mib() -> float:
    """Return the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(check: Check, given: bytes) -> Failure:
    """Return what is wrong with how `given` was taken; None if nothing is."""
    start = time.thread_time()
    try:
        failure = check(given)
    except Exception as error:  # noqa: BLE001 - that is the finding
        failure = f"{type(error).__name__}: {error}"[:200]
    spent = time.thread_time() - start
    return failure or (f"took {spent:.1f} s" if spent > SECONDS else None)


def shortest(given: bytes, check: Check) -> bytes:
    """Return `given` without the parts that a finding does not need."""
    size = len(given) // 2
    while size:
        at = 0
        while at < len(given):
            tried = given[:at] + given[at + size :]
            if timed(check, tried):
                given = tried
            else:
                at += size
        size //= 2
    return given
