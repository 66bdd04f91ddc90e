"""Give the examiner a million bad answers, and see that it only ever refuses them.

::

    .venv/bin/python fuzz/__main__.py --count 1000000 --seed 1
    .venv/bin/python fuzz/__main__.py --count 0 --cells 50000 --keras 20000

Held of each input: nothing but a CallError is raised (or the marked
exception of a student), what arrives is of exact plain types, it takes less than
`SECONDS` of processor time, and of a sample that it takes no more memory than
`BYTES_PER_BYTE` for each byte. An input in eight is a conversation: what a kernel
writes on the channel while a test uses stand-ins. ``--cells`` adds what it says on the
line to the grader while a cell runs, and ``--keras`` configurations of Keras objects;
while those are rebuilt no file is opened and nothing started.

A finding is printed, made as short as it still is one. Exit status: 1 with findings.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import resource
import socket
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress

sys.path.insert(0, str(Path(__file__).parent))

from wire_inputs import Inputs

from grader.errors import CallError, WireError
from grader.execution.examiner.proxies import (
    Channel,
    RemoteFunction,
    RemoteObject,
    Student,
)
from grader.execution.wire import codec

SECONDS = 1.0
BYTES_PER_BYTE = 400
SLACK = 1 << 20
CONVERSE = 8
SAMPLE = 200
SHOWN = 10
UNUSED = socket.socket(socket.AF_UNIX)

Failure = str | None
PLAIN = {type(None), bool, int, float, complex, str, bytes, range, slice, type(...)}
PLAIN |= {list, tuple, set, frozenset, dict, np.ndarray, type, RemoteObject}
PLAIN |= {RemoteFunction, *(kind for kind in codec._TYPES.values())}
PLAIN |= {type(np.dtype(kind)) for kind in codec._TYPES.values() if kind is not dict}


def main() -> None:
    """Draw inputs, try them, print the count, the rate and what was found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--keras", type=int, default=0, metavar="COUNT")
    parser.add_argument("--cells", type=int, default=0, metavar="COUNT")
    settings = parser.parse_args()
    console = Console(soft_wrap=True)
    found = fuzz(settings.count, settings.seed, console)
    if settings.cells:
        import fuzz_cells

        found += fuzz_cells.fuzz(settings.cells, settings.seed, console)
    if settings.keras:
        import fuzz_keras

        found += fuzz_keras.fuzz(settings.keras, settings.seed, console)
    sys.exit(1 if found else 0)


def fuzz(count: int, seed: int, console: Console) -> int:
    """Try `count` inputs; return how many were findings."""
    inputs, found = Inputs(seed), 0
    before, start = peak_mib(), time.perf_counter()
    with Progress(console=console, transient=True) as progress:
        for number in progress.track(range(count), description="wire"):
            talk = number % CONVERSE == 0
            given = inputs.conversation() if talk else inputs.body()
            check = converse if talk else measured if number % SAMPLE == 1 else decode
            if failure := timed(check, given):
                found += 1
                if found <= SHOWN:
                    short = shortest(given, check)
                    console.print(f"{check.__name__}: {failure}: {short[:200]!r}")
    seconds = max(time.perf_counter() - start, 1e-9)
    console.print(
        f"wire: {count:,} inputs, seed {seed}, {found} findings, "
        f"{count / seconds:,.0f} a second, {peak_mib() - before:.0f} MiB more held"
    )
    return found


def peak_mib() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(check: Callable[[bytes], Failure], given: bytes) -> Failure:
    """Return what is wrong with how `given` was taken; None if nothing."""
    start = time.thread_time()
    try:
        failure = check(given)
    except Exception as error:  # noqa: BLE001 - that is the finding
        failure = f"{type(error).__name__}: {error}"[:200]
    spent = time.thread_time() - start
    return failure or (f"took {spent:.1f} s" if spent > SECONDS else None)


def measured(body: bytes) -> Failure:
    """Decode, and look at the memory that it takes."""
    tracemalloc.start()
    try:
        failure = decode(body)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    allowed = SLACK + BYTES_PER_BYTE * len(body)
    return failure or (f"took {peak} bytes" if peak > allowed else None)


def decode(body: bytes) -> Failure:
    """Take `body` as the value of an answer; show it and send it back."""
    student = Student(Channel(UNUSED, 1.0), {"numpy"})
    try:
        value = student._decode(codec.unpack(body, student.channel.allowance))
    except WireError:
        return None
    kinds = {type(part) for part in parts(value)} - PLAIN
    repr(value)
    with contextlib.suppress(WireError):
        codec.pack(student.encode(value))
    return f"a {kinds.pop().__name__} arrived" if kinds else None


def parts(value: Any) -> Iterator[Any]:
    """Yield `value` and all that is inside it."""
    yield value
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    elif isinstance(value, slice):
        value = [value.start, value.stop, value.step]
    if isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from parts(item)


@contextlib.contextmanager
def pair() -> Iterator[tuple[Student, socket.socket]]:
    """Make a channel: the student as tests see them, and the kernel's end."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Student(Channel(ours, 0.02), {"numpy"}), theirs


def converse(stream: bytes) -> Failure:
    """Use stand-ins as tests do while the other side answers with `stream`."""
    with pair() as (student, theirs):
        theirs.setblocking(False)
        theirs.send(stream[: 1 << 16])
        if len(stream) % 50:  # otherwise silence follows, until the call's time is up
            theirs.shutdown(socket.SHUT_WR)
        chance = random.Random(stream)
        for use in chance.choices(USES, k=6):
            if failure := used(student, use):
                return failure
    return None


def used(student: Student, use: Callable[[Student, RemoteFunction], Any]) -> Failure:
    """Use a stand-in once; say what came out of it that should not."""
    try:
        use(student, RemoteFunction(student, 0, "f"))
    except CallError:
        return None
    except Exception as error:  # noqa: BLE001 - those that are meant are told apart
        if hasattr(error, "student_type") and not isinstance(error, StopIteration):
            return None
        if isinstance(error, KeyError) and error.args == ("absent",):
            return None
        return f"{type(error).__name__}: {error}"
    return None


def call(student: Student, stand_in: RemoteFunction) -> None:
    """Call with arguments that the other side may change."""
    array, items, mapping = np.zeros(2), [1], {"a": 1}
    stand_in(array, items, k=mapping)
    if array.shape != (2,) or array.dtype != float or type(items) is not list:
        raise TypeError("an argument is no longer what it was")


def call_in_a_loop(student: Student, stand_in: RemoteFunction) -> None:
    """Map over inputs, as tests do: the other side must not end the loop."""
    if len(list(map(stand_in, range(3)))) != 3:
        raise TypeError("the loop of a test was ended from outside")


def as_array(student: Student, stand_in: RemoteFunction) -> None:
    """Make an array; that it is none is said by a TypeError."""
    with contextlib.suppress(TypeError):
        np.asarray(stand_in)


USES: list[Callable[[Student, RemoteFunction], Any]] = [
    lambda student, f: student.name("absent"),
    call,
    call,
    as_array,
    lambda student, f: f.attribute,
    lambda student, f: f[0],
    lambda student, f: len(f),
    lambda student, f: float(f),
    lambda student, f: 3 in f,
    lambda student, f: [item for item, _ in zip(f, range(4), strict=False)],
    call_in_a_loop,
    lambda student, f: repr(f),
]


def shortest(given: bytes, check: Callable[[bytes], Failure]) -> bytes:
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


if __name__ == "__main__":
    main()
