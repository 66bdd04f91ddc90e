"""The one who reads and writes a class folder while it is graded.

A grade goes to the cache first and is recorded last, with the notebook as it ran,
the gradebook and the results in between. The gradebook, which waits for the disk, is
written for some hand-ins at once. A run may be killed at any of these steps: the next
one finds the grades in the cache, and writes what is not there yet.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple, Self

from grader.batch.cache import Cache, Keys, keys, record_key
from grader.classroom.folder import Classroom, SubmittedFile
from grader.classroom.gradebook.gradebook import Entry, Gradebook
from grader.errors import SubmissionError
from grader.execution.limits import Limits
from grader.grading import combine
from grader.grading.grade import ungraded
from grader.records import Assignment, Flag, Graded, Result, Submission

Work = tuple[Assignment, Submission]
Sheet = tuple[Assignment, SubmittedFile]
Key = tuple[str, str]
State = Literal["unchanged", "recalled", "due"]

# Hand-ins wait for the gradebook until they are so many,
MOST_AT_ONCE = 16
# one of them has waited for so many seconds when another comes,
LONGEST_WAIT = 2.0
# or their notebooks have so many characters.
MOST_CHARACTERS = 8_000_000


class Done(NamedTuple):
    """A notebook that was graded, of a hand-in that may have others."""

    part: Assignment
    submission: Submission
    graded: Graded


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a grade depends on beside assignment and hand-in.

    Attributes
    ----------
    seed : int or None
        The one that hidden tests must have drawn from; None for any.
    force : bool
        Grade again what is known.
    database : str
        Where scores go; "" for the class's own gradebook.
    sandbox : str
        See :data:`grader.batch.tasks.Sandbox`.
    limits, environment : callable
        Of an assignment, where it will be graded.
    """

    seed: int | None
    force: bool
    database: str
    sandbox: str
    limits: Callable[[Assignment], Limits]
    environment: Callable[[Assignment], Mapping[str, str]]


class _Settled(NamedTuple):
    """A hand-in whose notebooks are written, and nothing else yet."""

    whose: Key
    group: Sequence[Done]
    result: Result


class Registrar:
    """Knows what is recorded of a class, and records what is graded.

    Use as a context manager: at its end nothing waits any longer.

    Attributes
    ----------
    count : Counter
        How many hand-ins were found unchanged, recalled or due.
    """

    def __init__(
        self,
        room: Classroom,
        book: Gradebook,
        conditions: Conditions,
        told: Callable[[Result], None],
    ) -> None:
        self._room = room
        self._book = book
        self._given = conditions
        self._told = told
        self._cache = Cache(room)
        self.count: Counter[State] = Counter()
        # Not the results themselves: of a large class they fill the memory.
        self._latest = {
            (result.student, result.assignment): (result.seed, hash(result.to_json()))
            for result in room.logged()
        }
        self._booked: dict[str, set[str]] = {}
        self._waiting: dict[Key, list[Done]] = {}
        self._settled: list[_Settled] = []
        self._since = 0.0
        self._sizes: Counter[Key] = Counter()

    # --- what there is to do ---

    def due(self, planned: Iterable[Sheet]) -> tuple[Sheet, ...]:
        """Return what has to be graded; record what only had to be recorded."""
        due: list[Sheet] = []
        for whose, found in groupby(planned, key=lambda sheet: sheet[1].key):
            group = list(found)
            state = self._state(whose, group)
            self.count[state] += 1
            due += group if state == "due" else []
        self.record()
        self._sizes = Counter(hand_in.key for _, hand_in in due)
        return tuple(due)

    def _state(self, whose: Key, group: Sequence[Sheet]) -> State:
        if self._given.force:
            return "due"
        read = [(part, self._submission(hand_in)) for part, hand_in in group]
        if self._stands(whose, read):
            return "unchanged"
        known = self._known(read)
        if not known:
            return "due"
        self._settle(whose, known)
        return "recalled"

    def _submission(self, hand_in: SubmittedFile) -> Submission:
        try:
            return self._room.read(hand_in)
        except SubmissionError:
            return Submission(*hand_in.key, b"")

    def _stands(self, whose: Key, read: Sequence[Work]) -> bool:
        """Say whether all is written already, as it would be written now."""
        seed, _ = self._latest.get(whose, (None, 0))
        if seed is None or self._given.seed not in (None, seed):
            return False
        folder = self._room.folder("autograded", *whose)
        return (
            self._is_booked(*whose)
            and all(_is_there(folder / f"{part.notebook}.ipynb") for part, _ in read)
            and self._cache.holds(*whose, self._record_key(read))
        )

    def _is_booked(self, student: str, assignment: str) -> bool:
        if assignment not in self._booked:
            self._booked[assignment] = set(self._book.scores(assignment))
        return student in self._booked[assignment]

    def _known(self, read: Sequence[Work]) -> list[Done]:
        """Return the grades of all notebooks, of one seed; [] if one is missing."""
        seed = self._given.seed
        known = []
        for part, submission in read:
            graded = self._cache.grade(
                self._keys(part, submission).grade, submission, seed
            )
            if graded is None:
                return []
            seed = graded.result.seed
            known.append(Done(part, submission, graded))
        return known

    def earlier(self, part: Assignment, submission: Submission) -> Graded | None:
        """Return a grade of the same answers, of which some may still stand."""
        if self._given.force:
            return None
        key = self._keys(part, submission).answers
        return self._cache.earlier(key, submission, self._given.seed)

    def _keys(self, part: Assignment, submission: Submission) -> Keys:
        limits, facts = self._given.limits(part), self._given.environment(part)
        return keys(part, submission, limits, self._given.sandbox, facts)

    def _record_key(self, read: Iterable[Work]) -> str:
        graded = [(self._keys(*each).grade, each[1].submitted) for each in read]
        return record_key(graded, self._given.database)

    def read(self, due: Iterable[Sheet], seed: int) -> Iterator[Work]:
        """Yield what can be read, one at a time: a class may not fit into memory."""
        for part, hand_in in due:
            try:
                yield part, self._room.read(hand_in)
            except SubmissionError as error:
                there = os.path.lexists(hand_in.path)
                why = f"not readable: {error}" if there else _absent(hand_in)
                unread = Submission(*hand_in.key, b"")
                flag = Flag("unreadable", why)
                self._add(Done(part, unread, ungraded(part, unread, seed, flag)))

    # --- what is done ---

    def take(self, part: Assignment, submission: Submission, graded: Graded) -> None:
        """Keep a grade that was just made; record it once a hand-in is complete."""
        if not graded.result.grader_failed:
            self._cache.keep(self._keys(part, submission), graded)
        self._add(Done(part, submission, graded))

    def _add(self, done: Done) -> None:
        whose = done.submission.student, done.part.name
        group = self._waiting.setdefault(whose, [])
        group.append(done)
        if len(group) == self._sizes[whose]:
            group.sort(key=lambda each: each.part.notebook)
            self._told(self._settle(whose, self._waiting.pop(whose)))

    def _settle(self, whose: Key, group: Sequence[Done]) -> Result:
        """Write the notebooks of a hand-in; the rest follows soon, with others'."""
        self._cache.forget(*whose)
        for part, submission, graded in group:
            self._room.write_autograded(graded, part.notebook, submission.submitted)
        result = combine.combine_results(
            [(part, graded.result) for part, _, graded in group]
        )
        self._settled.append(_Settled(whose, group, result))
        if len(self._settled) == 1:
            self._since = time.monotonic()
        if self._is_time():
            self.record()
        return result

    def _is_time(self) -> bool:
        done = [each for settled in self._settled for each in settled.group]
        return (
            len(self._settled) >= MOST_AT_ONCE
            or time.monotonic() - self._since >= LONGEST_WAIT
            or sum(len(each.graded.notebook) for each in done) > MOST_CHARACTERS
        )

    def record(self) -> None:
        """Write what waits to gradebook and results; that it is written comes last."""
        settled, self._settled = self._settled, []
        entries = [
            Entry(part, graded.result, submission.submitted, graded.notebook)
            for _, group, _ in settled
            for part, submission, graded in group
        ]
        if entries:
            self._book.write_all(entries)
        for whose, group, result in settled:
            self._log(whose, result)
            if not result.grader_failed:
                made = self._record_key(each[:2] for each in group)
                self._cache.store(*whose, made)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.record()

    def _log(self, whose: Key, result: Result) -> None:
        """Add a line, unless a run that was killed has written this very one."""
        line = result.seed, hash(result.to_json())
        if self._latest.get(whose) != line:
            self._room.append_result(result)
            self._latest[whose] = line


def _is_there(path: Path) -> bool:
    """Say whether a file is there, and not as a power cut may leave it."""
    return path.is_file() and path.stat().st_size > 0


def _absent(hand_in: SubmittedFile) -> str:
    return f"{hand_in.path.name} was not handed in"


__all__ = ["Conditions", "Key", "Registrar", "Sheet", "State", "Work"]
