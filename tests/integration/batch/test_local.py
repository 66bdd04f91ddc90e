"""Real workers, real deaths. Work is ``eval``: a function that workers can import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.batch.local import Pool

OS = "__import__('os')"
PID = f"{OS}.getpid()"
DIE = f"{OS}.kill({PID}, 9)"
QUEUES = (
    "[q for q in __import__('gc').get_objects() if type(q).__name__ == 'SimpleQueue']"
)
# 1,000 bytes are announced and four are sent, as by a worker that is cut off.
HALF = f"{OS}.write({QUEUES}[0]._writer.fileno(), bytes([0, 0, 3, 232]) + b'half')"
NAP = "__import__('time').sleep(0.3)"


@pytest.fixture
def pool() -> Iterator[Pool]:
    opened = Pool(2, preload=["grader.batch.workers"])
    yield opened
    opened.close()


def die_once(mark: Path) -> str:
    """Return work that kills its worker the first time it is done, then gives 7."""
    path = repr(str(mark))
    return f"7 if {OS}.path.exists({path}) else ({OS}.mkdir({path}), {DIE})"


def outcomes(pool: Pool, pieces: list[str]) -> dict[str, Any]:
    found = {}
    for piece, future in pool.as_completed(eval, pieces):
        error = future.exception()
        found[piece] = type(error) if error else future.result()
    return found


def test_all_is_done_by_two_processes_beside_this_one(pool: Pool) -> None:
    pieces = [f"({number}, {PID}, {NAP})" for number in range(6)]
    found = outcomes(pool, pieces)
    assert sorted(result[0] for result in found.values()) == list(range(6))
    pids = {result[1] for result in found.values()}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_an_error_is_its_own_piece_s(pool: Pool) -> None:
    assert outcomes(pool, ["1", "1 / 0", "2"]) == {
        "1": 1,
        "1 / 0": ZeroDivisionError,
        "2": 2,
    }


def test_pieces_are_taken_as_workers_are_free(pool: Pool) -> None:
    taken = 0

    def source() -> Iterator[str]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield str(number)

    results = pool.as_completed(eval, source())
    next(results)
    assert taken <= 6
    assert len(list(results)) == 49
    assert taken == 50


def test_a_worker_s_death_costs_nobody_else(pool: Pool) -> None:
    pieces = [*map(str, range(5)), DIE, *map(str, range(5, 10))]
    found = outcomes(pool, pieces)
    assert issubclass(found.pop(DIE), BrokenExecutor)
    assert found == {str(number): number for number in range(10)}


def test_what_died_by_accident_is_done_again(pool: Pool, tmp_path: Path) -> None:
    work = die_once(tmp_path / "died")
    assert outcomes(pool, ["1", work, "2"]) == {"1": 1, work: 7, "2": 2}


def test_killers_in_a_row_do_not_take_bystanders_along(pool: Pool) -> None:
    killers = [f"({number}, {DIE})" for number in range(3)]
    bystander = f"({NAP}, 'slow')"
    found = outcomes(pool, [killers[0], bystander, *killers[1:]])
    assert found.pop(bystander) == (None, "slow")
    assert [issubclass(error, BrokenExecutor) for error in found.values()] == [True] * 3


def test_a_death_in_the_middle_of_a_result_is_noticed(pool: Pool) -> None:
    killer = f"({HALF}, {DIE})"
    found = outcomes(pool, ["1", killer, "2"])
    assert issubclass(found.pop(killer), BrokenExecutor)
    assert found == {"1": 1, "2": 2}


def test_close_does_not_wait_for_the_rest_of_a_result(pool: Pool) -> None:
    work = pool.as_completed(eval, ["1", f"({HALF}, {NAP}, {NAP}, {NAP})"])
    next(work)
    time.sleep(0.5)
    pool.close()


def test_a_worker_that_dies_at_rest_is_replaced(pool: Pool) -> None:
    (first,) = outcomes(pool, [PID]).values()
    os.kill(first, signal.SIGKILL)
    end = time.monotonic() + 10
    while Path(f"/proc/{first}").exists() and time.monotonic() < end:
        time.sleep(0.01)
    (second,) = outcomes(pool, [PID]).values()
    assert second != first


def test_close_does_not_wait_for_work(pool: Pool) -> None:
    results = pool.as_completed(eval, [PID, "__import__('time').sleep(600)"])
    _, future = next(results)
    pool.close()
    assert not Path(f"/proc/{future.result()}").exists()


def test_workers_see_their_own_pool_s_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for value in ("first", "second"):
        monkeypatch.setenv("OF_THE_POOL", value)
        pool = Pool(1)
        piece = f"{OS}.environ['OF_THE_POOL']"
        assert outcomes(pool, [piece]) == {piece: value}
        pool.close()


def test_workers_end_with_a_parent_that_is_killed(short_tmp: Path) -> None:
    told = short_tmp / "worker"
    piece = f"open({str(told)!r}, 'w').write(str({PID}))"
    code = f"""
from grader.batch.local import Pool
pieces = [{piece!r}, "__import__('time').sleep(600)"]
for _ in Pool(1).as_completed(eval, pieces):
    __import__('os').kill({PID}, 9)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        timeout=60,
        env=os.environ | {"TMPDIR": str(short_tmp)},
    )
    assert done.returncode == -signal.SIGKILL
    worker = Path(f"/proc/{told.read_text()}")
    end = time.monotonic() + 20
    while worker.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not worker.exists()
