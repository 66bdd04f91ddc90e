"""Check many inputs; count, shorten and print the findings."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress

# Most processor time for one input.
SECONDS = 1.0
# One input in this many gets the more expensive check.
SAMPLE = 200
# This many findings are printed; the others are only counted.
SHOWN = 10

# What went wrong when an input was read; None if nothing did.
Failure = str | None
Check = Callable[[bytes], Failure]


@dataclass(frozen=True)
class FuzzRun:
    """What is fuzzed, how often, and from which seed.

    Attributes
    ----------
    name : str
        Name of the fuzzer, printed before its findings.
    unit : str
        Plural noun for its inputs.
    count : int
        Number of inputs.
    seed : int
        Seed from which they are drawn.
    """

    name: str
    unit: str
    count: int
    seed: int


def try_all(
    run: FuzzRun, draws: Iterable[tuple[Check, bytes]], console: Console
) -> int:
    """Check every input, and print the findings and a summary.

    Parameters
    ----------
    run
        What is fuzzed.
    draws
        Pairs of a check and its input; `run` has their number.
    console
        Where findings, progress and the summary are printed.

    Returns
    -------
    int
        The number of findings.
    """
    findings = 0
    before, start = peak_mib(), time.perf_counter()
    with Progress(console=console, transient=True) as progress:
        for check, data in progress.track(draws, total=run.count, description=run.name):
            if failure := run_check(check, data):
                findings += 1
                if findings <= SHOWN:
                    short = shortest(data, check)
                    console.print(f"{check.__name__}: {failure}: {short[:200]!r}")
    rate = run.count / max(time.perf_counter() - start, 1e-9)
    console.print(
        f"{run.name}: {run.count:,} {run.unit}, seed {run.seed}, {findings} findings, "
        f"{rate:,.0f} per second, peak memory grew by {peak_mib() - before:.0f} MiB"
    )
    return findings


def peak_mib() -> float:
    """Return the peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_check(check: Check, data: bytes) -> Failure:
    """Run a check, whose exceptions and too long times are failures, too.

    Parameters
    ----------
    check : callable
        The check.
    data : bytes
        Its input.

    Returns
    -------
    str or None
        What went wrong; None if nothing did.
    """
    start = time.thread_time()
    try:
        failure = check(data)
    except Exception as error:  # noqa: BLE001 - any exception is a finding
        failure = f"{type(error).__name__}: {error}"[:200]
    spent = time.thread_time() - start
    return failure or (f"took {spent:.1f} s" if spent > SECONDS else None)


def shortest(data: bytes, check: Check) -> bytes:
    """Remove the parts of an input that the finding does not need.

    Parameters
    ----------
    data : bytes
        An input that fails the check.
    check : callable
        The check.

    Returns
    -------
    bytes
        A shorter input that fails as well.
    """
    size = len(data) // 2
    while size:
        start = 0
        while start < len(data):
            shorter = data[:start] + data[start + size :]
            if run_check(check, shorter):
                data = shorter
            else:
                start += size
        size //= 2
    return data
