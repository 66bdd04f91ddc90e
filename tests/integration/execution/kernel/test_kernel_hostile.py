"""Hostile cells in a jailed kernel: they end, stay small, and gain nothing."""

from __future__ import annotations

import json
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.execution.fork_server.client import ForkServer
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import CellExecution, Kernel
from grader.execution.limits import Limits

pytestmark = pytest.mark.hostile

KINDS = ("stream", "display_data", "execute_result", "error")


def text(ran: CellExecution) -> str:
    return "".join(o.get("text", "") for o in ran.outputs)


def peak_kib(reset: bool = False) -> int:
    """Return the most memory this process has held, since the last reset."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


FORGE = """
import os, struct, sys, threading, time
import msgpack
kernel = get_ipython().kernel
session, line = kernel.session, kernel.iopub_socket
STDOUT, OUTPUT, DONE = 1, 3, 4
def frame(kind, payload, number=None):
    body = (number or line._number) + bytes([kind]) + payload
    return struct.pack('<I', len(body)) + body
def raw(data):
    left = memoryview(data)
    while left:
        left = left[os.write(line._descriptor, left):]
def send(kind, content):
    session.send(line, kind, content, parent=kernel.get_parent())
"""


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import signal\nfor n in range(1, 32):\n"
        "    try: signal.signal(n, signal.SIG_IGN)\n    except OSError: pass\n"
        "while True: pass",
        "while True:\n    try:\n        while 1: pass\n    except BaseException: pass",
        "import threading\nlock = threading.Lock(); lock.acquire(); lock.acquire()",
        "import re; re.match('(a+)+$', 'a' * 64 + 'b')",
        "10 ** 10 ** 10",
        "class A:\n    def __del__(self):\n        while True: pass\na = A(); del a",
    ],
)
def test_a_cell_that_never_ends_is_ended(kernel: Kernel, source: str) -> None:
    assert kernel.run(source, 1).ended == "timeout"


def test_what_hangs_at_exit_is_killed(jailer: Jailer, nothing_left: None) -> None:
    with Kernel(jailer) as kernel:
        source = "import atexit\ndef f():\n    while True: pass\natexit.register(f)"
        assert kernel.run(source, 9).ended == "ok"


def test_a_memory_bomb_is_the_students_error(kernel: Kernel) -> None:
    ran = kernel.run("x = []\nwhile True: x.append(bytearray(10 << 20))", 20)
    assert "MemoryError" in ran.error or ran.ended == "died"


@pytest.mark.parametrize(
    "source",
    [
        "import os\nwhile True: os.fork()",
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        "import threading, time\nwhile True:\n"
        "    threading.Thread(target=time.sleep, args=(60,)).start()",
        "from subprocess import Popen\nx = []\nwhile 1: x += [Popen(['sleep', '9'])]",
    ],
)
def test_a_fork_bomb_stays_small_and_is_ended(
    kernel: Kernel, jailer: Jailer, source: str
) -> None:
    ran = kernel.run(source, 2)
    assert ran.ended in ("error", "timeout", "died", "flooded")
    kernel.close()
    with Kernel(jailer) as fresh:
        assert fresh.run("1", 20).ended == "ok"


@pytest.mark.parametrize(
    "source",
    [
        "import os, signal; os.kill(-1, signal.SIGKILL)",
        "import os, signal; os.killpg(0, signal.SIGKILL)",
        "import os, signal; os.kill(os.getppid() or 1, signal.SIGKILL); os._exit(0)",
    ],
)
def test_killing_all_kills_only_the_jail(kernel: Kernel, source: str) -> None:
    others = Path("/proc/self/stat").read_text().split()[3]
    assert kernel.run(source, 9).ended in ("ok", "error", "died")
    assert Path(f"/proc/{others}").exists()


@pytest.mark.parametrize(
    "source",
    [
        "while True: print('x' * 1000)",
        "print('x' * 500_000_000)",
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        "from IPython.display import display\nwhile True: display('x' * 100_000)",
        "raise ValueError('x' * 300_000_000)",
        "import sys\nwhile True: print('y' * 50, file=sys.stderr)",
    ],
)
def test_an_output_bomb_is_stopped_and_small_here(kernel: Kernel, source: str) -> None:
    before = peak_kib(reset=True)
    ran = kernel.run(source, 10)
    assert ran.ended in ("flooded", "timeout", "error")
    assert len(json.dumps(ran.outputs)) < 200 * 1024
    assert peak_kib() - before < 150 * 1024


def test_one_huge_message_is_not_taken_in(
    fork_server: ForkServer, nothing_left: None
) -> None:
    roomy = Jailer(fork_server, ["numpy"], Limits(memory_mb=2048))
    with Kernel(roomy) as kernel:
        before = peak_kib(reset=True)
        assert kernel.run("print('x' * 250_000_000)", 15).ended == "flooded"
        assert peak_kib() - before < 150 * 1024
    roomy.close()


@pytest.mark.parametrize("size", [250_000_000, 2**32 - 1])
def test_a_huge_frame_is_not_waited_for(kernel: Kernel, size: int) -> None:
    before = peak_kib(reset=True)
    source = f"""
    raw(struct.pack('<I', {size}))
    while True: raw(bytes(1 << 20))
    """
    ran = kernel.run(FORGE + textwrap.dedent(source), 9)
    assert ran.ended == "flooded"
    assert ran.seconds < 9
    assert peak_kib() - before < 60 * 1024


def test_frames_that_wait_while_nobody_listens_are_few(kernel: Kernel) -> None:
    before = peak_kib(reset=True)
    source = """
    number = line._number
    def flood():
        time.sleep(0.5)
        while True:
            raw(frame(STDOUT, b'x' * 600_000, number))
    threading.Thread(target=flood, daemon=True).start()
    """
    assert kernel.run(FORGE + textwrap.dedent(source), 9).ended == "ok"
    time.sleep(2)
    kernel.run("1", 2)
    assert peak_kib() - before < 60 * 1024


@pytest.mark.parametrize(
    "endless",
    [
        "frame(STDOUT, b'x' * 50)",
        "frame(STDOUT, b'')",
        "frame(STDOUT, b'', b'another?')",
        "frame(OUTPUT, msgpack.packb({'output_type': 'display_data', 'data': {}}))",
        "frame(OUTPUT, b'\\xc1')",
        "frame(99, b'')",
    ],
)
def test_frames_without_end_are_cut_off(kernel: Kernel, endless: str) -> None:
    before = peak_kib(reset=True)
    source = f"endless = {endless} * 100\nwhile True: raw(endless)"
    assert kernel.run(FORGE + source, 20).ended == "flooded"
    assert peak_kib() - before < 60 * 1024


@pytest.mark.parametrize("then", ["time.sleep(60)", "pass", "print('x' * 30)"])
@pytest.mark.parametrize("part", ["b'\\x01'", "frame(STDOUT, b'x' * 1000)[:-1]"])
def test_half_a_frame_keeps_nobody_waiting(
    kernel: Kernel, part: str, then: str
) -> None:
    start = time.monotonic()
    kernel.run(FORGE + f"raw({part})\n{then}", 2)
    if not kernel._closed:
        kernel.run("1", 2)
    assert time.monotonic() - start < 15


@pytest.mark.parametrize("length", [0, 8])
def test_bytes_that_are_no_frame_end_the_kernel(kernel: Kernel, length: int) -> None:
    source = f"raw(struct.pack('<I', {length}) + bytes({length}))\ntime.sleep(60)"
    ran = kernel.run(FORGE + source, 20)
    assert ran.ended == "died"
    assert ran.seconds < 15


def test_a_kernel_that_takes_in_no_cell_is_not_waited_for(kernel: Kernel) -> None:
    source = """
    import asyncio
    asyncio.get_running_loop().remove_reader(line._descriptor)
    """
    assert kernel.run(FORGE + textwrap.dedent(source), 9).ended == "ok"
    ran = kernel.run("x = '" + "x" * 5_000_000 + "'", 1)
    assert ran.ended == "timeout"
    assert ran.seconds < 15


def test_a_child_that_holds_the_line_does_not_hide_a_death(kernel: Kernel) -> None:
    source = """
    if os.fork() == 0:
        time.sleep(60)
    print('before')
    os._exit(1)
    """
    ran = kernel.run(FORGE + textwrap.dedent(source), 40)
    assert (ran.ended, text(ran)) == ("died", "before\n")
    assert ran.seconds < 20


def test_a_child_that_lives_on_is_no_second_kernel(kernel: Kernel) -> None:
    source = """
    child = os.fork()
    print('child' if child == 0 else 'kernel', flush=True)
    if child:
        os.waitpid(child, 0)
    """
    ran = kernel.run(FORGE + textwrap.dedent(source), 20)
    assert (ran.ended, sorted(text(ran).split())) == ("ok", ["child", "kernel"])
    assert text(kernel.run("print('mine')", 9)) == "mine\n"


def test_a_forged_end_ends_nothing_but_the_forger(kernel: Kernel) -> None:
    source = """
    raw(frame(DONE, msgpack.packb([])))
    time.sleep(3)
    print('after')
    """
    first = kernel.run(FORGE + textwrap.dedent(source), 9)
    # The forgery works, and gains nothing: what comes next waits for the kernel.
    assert first.ended == "ok"
    assert "after" not in text(first)
    assert text(kernel.run("print('mine')", 9)) == "mine\n"


def test_late_and_foreign_frames_are_no_part_of_a_cell(kernel: Kernel) -> None:
    source = """
    old = line._number
    def late():
        time.sleep(1)
        for number in (old, bytes(8), b'guessed!'):
            raw(frame(STDOUT, b'late', number) + frame(DONE, b'\\x90', number))
    threading.Thread(target=late).start()
    """
    assert kernel.run(FORGE + textwrap.dedent(source), 9).ended == "ok"
    ran = kernel.run("time.sleep(2); print('mine')", 9)
    assert (ran.ended, text(ran)) == ("ok", "mine\n")


@pytest.mark.parametrize(
    "payload",
    [
        "b''",
        "b'\\xc1'",
        "b'\\x91' * 100_000 + b'\\xc0'",
        "b'\\xdd\\xff\\xff\\xff\\xff'",
        "b'\\xdd\\x00\\x06\\x00\\x00' + b'\\xc0' * 393_216",
        "msgpack.packb(['a' * 300_000, 'b'])",
        "msgpack.packb([['a'], {}])",
        "msgpack.packb({'output_type': ['error'], 'data': 5})",
        "msgpack.packb({'output_type': 'error', 'traceback': {}, 'ename': []})",
        "msgpack.packb({'output_type': 'display_data', 'data': {'text/plain': [[]]}})",
        "msgpack.packb({b'\\xff': b'\\xff'})",
    ],
)
@pytest.mark.parametrize("kind", ["STDOUT", "OUTPUT", "DONE"])
def test_malformed_payloads_raise_nothing_here(
    kernel: Kernel, kind: str, payload: str
) -> None:
    before = peak_kib(reset=True)
    ran = kernel.run(FORGE + f"raw(frame({kind}, {payload}))", 9)
    assert not ran.kernel_lost
    assert ran.error in ("", "Error") or len(ran.error) <= 300
    json.dumps([ran.outputs, ran.error], ensure_ascii=False).encode()
    assert peak_kib() - before < 60 * 1024


@pytest.mark.parametrize(
    "content",
    [
        "{'name': 5, 'text': {'a': 1}}",
        "{}",
        "'text'",
        "None",
        "{'data': 'x', 'metadata': 7}",
        "{'data': {'text/plain': ['a', 1], 'image/png': {}}}",
        "{'ename': [], 'evalue': {}, 'traceback': 'one string'}",
        "{'execution_state': ['idle']}",
    ],
)
@pytest.mark.parametrize(
    "kind", ["stream", "display_data", "execute_result", "error", "status", "nonsense"]
)
def test_forged_messages_become_plain_outputs_or_nothing(
    forging: Kernel, kind: str, content: str
) -> None:
    ran = forging.run(f"send({kind!r}, {content})", 9)
    assert ran.ended == "ok"
    for output in ran.outputs:
        assert output["output_type"] in KINDS
        for key in ("text", "ename", "evalue"):
            assert isinstance(output.get(key, ""), str)
        assert all(isinstance(v, str) for v in output.get("data", {}).values())
        assert all(isinstance(line, str) for line in output.get("traceback", []))


@pytest.fixture(scope="module")
def forgers() -> Iterator[list[Kernel]]:
    opened: list[Kernel] = []
    yield opened
    for kernel in opened:
        kernel.close()


@pytest.fixture
def forging(jailer: Jailer, forgers: list[Kernel]) -> Kernel:
    """One kernel for many tests, until what another sends ends all of this process."""
    if not (forgers and forgers[-1]._jail.alive()):
        forgers.append(Kernel(jailer))
        forgers[-1].run(FORGE, 9)
    return forgers[-1]


def test_garbage_on_every_descriptor_ends_nothing_but_the_kernel(
    jailer: Jailer, nothing_left: None
) -> None:
    source = """
    import os
    for fd in range(3, 256):
        for garbage in (os.urandom(300), b'\\xff' * 9, b'\\x00' * 64):
            try: os.write(fd, garbage)
            except OSError: pass
    """
    with Kernel(jailer) as kernel:
        ran = kernel.run(textwrap.dedent(source), 3)
        assert ran.ended in ("ok", "error", "timeout", "died", "flooded")
    with Kernel(jailer) as kernel:
        assert kernel.run("1", 9).ended == "ok"


def test_closing_every_descriptor_ends_nothing_but_the_kernel(kernel: Kernel) -> None:
    ran = kernel.run("import os; os.closerange(0, 256)", 3)
    assert ran.kernel_lost


def test_memory_is_bounded_for_each_limit(
    fork_server: ForkServer, nothing_left: None
) -> None:
    small, large = (
        Jailer(fork_server, ["numpy"], Limits(memory_mb=size)) for size in (100, 800)
    )
    source = "x = bytearray(300 << 20)"
    with Kernel(small) as kernel:
        assert "MemoryError" in kernel.run(source, 20).error
    with Kernel(large) as kernel:
        assert kernel.run(source, 20).ended == "ok"
    small.close()
    large.close()


@pytest.mark.parametrize("name", ["len", "isinstance", "all", "__import__"])
def test_exchanged_builtins_are_put_back_when_the_cell_is_over(
    jailer: Jailer, name: str
) -> None:
    with Kernel(jailer) as kernel:
        spoilt = f"import builtins\nbuiltins.{name} = lambda *given: True"
        assert kernel.run(spoilt, 10).ended == "ok"
        ran = kernel.run(f"import json\nprint(builtins.{name}.__module__, 5)", 10)
        assert [each["text"] for each in ran.outputs] == ["builtins 5\n"]
