"""One hostile hand-in and an honest one after it, graded in a class of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "hostile"))
from tests.support import attacks, evidence
from tests.support.attacks import Case
from tests.support.paths import HOSTILE_COURSE

ROOT = Path(__file__).parents[2]
NBGRADER, GRADER = "nbgrader", "grader"
BIN = Path(sys.executable).parent
CONTAINED = ROOT / "tests" / "contained"
# Alike for both: what a cell may take, and a hand-in as a whole.
CELL_SECONDS, TOTAL_SECONDS, BEYOND = 5, 40, 2
# More than both hand-ins and a slow start need; who is not done by then never is.
WALL_SECONDS = 180
BOUNDS = {"CONTAINED_PIDS": "300", "CONTAINED_MEMORY": str(3 << 30)}
SCRATCH_BYTES = 1 << 29
# Where programs may write, and what stands there for nbgrader's.
SCRATCH = {"/tmp": "tmp", "/dev/shm": "shm", "/var/tmp": "var"}  # noqa: S108
LIMITS = {
    "cell_seconds": CELL_SECONDS,
    "call_seconds": CELL_SECONDS,
    "total_seconds": TOTAL_SECONDS,
    "memory_mb": 512,
}
# After every hostile one, in both graders' order.
HONEST = "zz-honest"


@dataclass(frozen=True)
class Seen:
    """What one hand-in, graded in one way, came to."""

    group: str
    name: str
    way: str
    seconds: float
    faults: tuple[str, ...]

    @property
    def held(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        return f"{'; '.join(self.faults) or 'held'} ({self.seconds:.0f} s)"


class Class:
    """Makes a class for each case, has it graded, and looks at what is left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._released: dict[str, str] = {}

    def grade(self, way: str, case: Case) -> Seen:
        """Grade `case` and the honest student after it."""
        place = self._folder / "class"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SCRATCH_BYTES}", "none", place]
        subprocess.run(mount, check=True)
        try:
            self._make(place, case)
            before = evidence.contents(place / "submitted", place / "source")
            start = time.monotonic()
            status = _run(_command(way, place, case), place)
            seconds = time.monotonic() - start
            after = evidence.contents(place / "submitted", place / "source")
            changed = before != after
            faults = tuple(_faults(way, place, case, status, changed))
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)
            place.rmdir()
        return Seen(case.group, case.name, way, round(seconds, 1), faults)

    def _make(self, place: Path, case: Case) -> None:
        """Write the course in nbgrader's layout, and the two hand-ins."""
        name = case.assignment
        if name not in self._released:
            self._released[name] = self._release(place, name)
        else:
            shutil.copytree(self._folder / name, place, dirs_exist_ok=True)
        attacks.hand_in(case, self._released[name], place / "submitted")
        honest = place / "submitted" / HONEST / name / f"{name}.ipynb"
        honest.parent.mkdir(parents=True)
        honest.write_text(
            attacks.notebook(attacks.half_right(name), self._released[name])
        )

    def _release(self, place: Path, name: str) -> str:
        """Make the class, nbgrader's student copy and gradebook; keep it for others."""
        source = place / "source" / name / f"{name}.ipynb"
        source.parent.mkdir(parents=True)
        book = json.loads(
            (HOSTILE_COURSE / "solutions" / source.name).read_text("utf-8")
        )
        book["metadata"]["grader"] = {"limits": LIMITS}
        source.write_text(json.dumps(book), encoding="utf-8")
        config = f"c.ExecutePreprocessor.timeout = {CELL_SECONDS}\n"
        (place / "nbgrader_config.py").write_text(f"c = get_config()\n{config}")
        for scratch in ("home", *SCRATCH.values()):
            (place / scratch).mkdir()
        made = subprocess.run(
            _boxed(place, [BIN / "nbgrader", "generate_assignment", name]),
            cwd=place,
            env=_environment(place),
            capture_output=True,
            check=False,
        )
        if made.returncode != 0:
            raise RuntimeError(made.stderr.decode())
        shutil.copytree(place, self._folder / name)
        return (place / "release" / name / f"{name}.ipynb").read_text("utf-8")


def _command(way: str, place: Path, case: Case) -> list[str | Path]:
    """Return what grades the class, bounded from outside as far as it needs."""
    if way == NBGRADER:
        grade: list[str | Path] = [BIN / "nbgrader", "autograde", case.assignment]
        return [CONTAINED, *_boxed(place, grade)]
    where = ["--course", place, "--class", place, "--workers", "1"]
    return [BIN / "grader", "grade", case.assignment, *where]


def _boxed(place: Path, command: Sequence[str | Path]) -> list[str | Path]:
    """Return `command` with a disk that it can read only, but for `place`."""
    box: list[str | Path] = ["bwrap", "--die-with-parent", "--unshare-pid"]
    box += ["--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev", "/dev"]
    for outside, inside in SCRATCH.items():
        box += ["--bind", place / inside, outside]
    box += ["--proc", "/proc"]
    for shown in (Path(sys.base_prefix), ROOT):
        box += ["--ro-bind", shown, shown]
    return [*box, "--bind", place, place, "--chdir", place, "--", *command]


def _environment(place: Path) -> dict[str, str]:
    return {
        "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
        "HOME": str(place / "home"),
        "LANG": "C.UTF-8",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "GRADER_CONTAINED": "1",
        **BOUNDS,
    }


def _run(command: Sequence[str | Path], place: Path) -> int | None:
    """Run it in a process group of its own; None if it had to be ended."""
    with (place / "said").open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=place,
            env=_environment(place),
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            return process.wait(WALL_SECONDS)
        except subprocess.TimeoutExpired:
            # Its first process ends with it, and all others with that.
            os.killpg(process.pid, signal.SIGTERM)
            return None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


# --- what became of it ----------------------------------------------------------------


def _faults(
    way: str, place: Path, case: Case, status: int | None, changed: bool
) -> Iterator[str]:
    """Yield what should not have been, each with a kind before its colon."""
    if status is None:
        yield f"never ended: it was ended after {WALL_SECONDS} s"
    rows = _rows(place)
    yield from _points(case, rows.get(case.student, []))
    honest = {name for name, score, *_ in rows.get(HONEST, []) if score}
    right = {f"{name}-test" for name in attacks.half_right(case.assignment).earns}
    if honest != right:
        yield f"the next student was not graded: {sorted(honest)}"
    yield from _learnt(place, case)
    yield from _changed(place, changed, () if way == NBGRADER else map(Path, SCRATCH))
    if way == GRADER:
        yield from _late(place, case)


def _rows(place: Path) -> dict[str, list[tuple[Any, ...]]]:
    try:
        return evidence.rows(place / "gradebook.db")
    except Exception as error:  # noqa: BLE001 - whatever hostile code made of it
        print(f"  the gradebook cannot be read: {error}", file=sys.stderr)
        return {}


def _points(case: Case, rows: Sequence[tuple[Any, ...]]) -> Iterator[str]:
    earned = {name.removesuffix("-test") for name, score, *_ in rows if score}
    # What a case loses by what it does to our kernel it may have from another.
    half = attacks.half_right(case.assignment)
    honest = case.earns | (half.earns - set(case.cells))
    if gained := earned - honest:
        yield f"it earned what it should not: {', '.join(sorted(gained))}"
    if (lost := case.earns - earned) and not case.at_most:
        yield f"honest answers earned nothing: {', '.join(sorted(lost))}"
    if any(by_hand or extra for _, _, by_hand, extra, _ in rows):
        yield "grades were written: by hand or as extra credit"


def _learnt(place: Path, case: Case) -> Iterator[str]:
    name = f"{case.assignment}.ipynb"
    path = place / "autograded" / case.student / case.assignment / name
    if not path.is_file() or case.instructor_sees:
        return
    own = frozenset(attacks.half_right(case.assignment).cells) | frozenset(case.cells)
    shown = evidence.outputs(path, own | {"own-first", "own-last"})
    if evidence.secrets_in(shown):
        yield "it read the tests: they are in its outputs"
    if evidence.came_out(shown):
        yield "it came out: by its own word"


def _changed(place: Path, changed: bool, beyond: Iterable[Path]) -> Iterator[str]:
    """Look in the class, and where nbgrader could not write at all, `beyond` it."""
    if changed:
        yield "it changed files: of the course or of a hand-in"
    inside = [place / name for name in ("home", *SCRATCH.values())]
    inside += [place, *place.glob("autograded/*/*"), place / "submitted"]
    found = [mark.name for mark in evidence.marks(*inside, *beyond)]
    if found:
        yield f"it left files outside: {len(found)}, as {found[0]}"


def _late(place: Path, case: Case) -> Iterator[str]:
    if not (place / "results.jsonl").is_file():
        yield f"there is no result: {(place / 'said').read_text('utf-8')[-300:]}"
        return
    for line in (place / "results.jsonl").read_text("utf-8").splitlines():
        result = json.loads(line)
        late = result["seconds"] > TOTAL_SECONDS + BEYOND
        if late and result["student"] == case.student:
            yield f"it took too long: {result['seconds']} s"


__all__ = ["GRADER", "NBGRADER", "Class", "Seen", "attacks"]
