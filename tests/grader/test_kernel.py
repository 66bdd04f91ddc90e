"""Cells in a jailed kernel: what they leave, how they end, and what they try."""

from __future__ import annotations

import json
import textwrap
import time
from pathlib import Path

import pytest

from grader.errors import KernelDied
from grader.jail.jail import Jailer
from grader.jail.limits import Limits
from grader.kernel import Kernel, Ran
from grader.warm import Warm

KINDS = ("stream", "display_data", "execute_result", "error")
PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def text(ran: Ran) -> str:
    return "".join(o.get("text", "") for o in ran.outputs)


# --- honest cells -------------------------------------------------------------------


def test_what_a_cell_prints_and_gives_is_kept(kernel: Kernel) -> None:
    ran = kernel.run(
        "print('a'); print('b')\nimport sys; print('c', file=sys.stderr)\n5", 9
    )
    assert (ran.ended, ran.error, ran.kernel_lost) == ("ok", "", False)
    streams = [(o["name"], o["text"]) for o in ran.outputs if "name" in o]
    assert sorted(streams) == [("stderr", "c\n"), ("stdout", "a\nb\n")]
    (result,) = (o for o in ran.outputs if o["output_type"] == "execute_result")
    assert result["data"] == {"text/plain": "5"}


def test_names_stay_from_cell_to_cell(kernel: Kernel) -> None:
    kernel.run("x = 5", 9)
    assert text(kernel.run("print(x)", 9)) == "5\n"


def test_an_exception_is_named_and_the_kernel_goes_on(kernel: Kernel) -> None:
    ran = kernel.run("x = 1\n1 / 0", 9)
    assert ran.ended == "error"
    assert ran.error == "ZeroDivisionError: division by zero"
    assert ran.outputs[-1]["output_type"] == "error"
    assert "ZeroDivisionError" in "".join(ran.outputs[-1]["traceback"])
    assert text(kernel.run("print(x)", 9)) == "1\n"


@pytest.mark.parametrize("source", ["def f(", "exit()", "raise SystemExit", "input()"])
def test_odd_cells_end_without_harm(kernel: Kernel, source: str) -> None:
    kernel.run(source, 9)
    assert kernel.run("1", 9).ended == "ok"


def test_magics_work(kernel: Kernel) -> None:
    assert kernel.run("%%time\nx = 1", 9).ended == "ok"
    assert "x" in text(kernel.run("%who", 9))
    assert text(kernel.run("!echo from the shell", 9)) == "from the shell\r\n"


def test_pictures_are_kept(kernel: Kernel) -> None:
    source = (
        f"from IPython.display import Image, display\nimport base64\n"
        f"display(Image(base64.b64decode('{PNG}')))"
    )
    (shown,) = kernel.run(source, 9).outputs
    assert shown["data"]["image/png"].strip() == PNG


def test_only_known_kinds_of_display_are_kept(kernel: Kernel) -> None:
    source = (
        "from IPython.display import publish_display_data\n"
        "publish_display_data({'application/javascript': 'x', 'text/plain': 'y'})"
    )
    (shown,) = kernel.run(source, 9).outputs
    assert shown["data"] == {"text/plain": "y"}


def test_a_subprocess_and_a_thread_are_allowed(kernel: Kernel) -> None:
    source = (
        "import subprocess, threading\n"
        "t = threading.Thread(target=lambda: None); t.start(); t.join()\n"
        "print(subprocess.check_output(['echo', 'hello'], text=True))"
    )
    assert "hello" in text(kernel.run(source, 9))


def test_two_kernels_run_side_by_side(jailer: Jailer, nothing_left: None) -> None:
    with Kernel(jailer) as one, Kernel(jailer) as other:
        one.run("x = 'one'", 9)
        assert other.run("x", 9).ended == "error"


# --- unlucky cells ------------------------------------------------------------------


def test_a_cell_past_its_limit_is_a_timeout(kernel: Kernel) -> None:
    ran = kernel.run("print('before', flush=True)\nimport time\ntime.sleep(60)", 1)
    assert (ran.ended, ran.kernel_lost) == ("timeout", True)
    assert 1 <= ran.seconds < 30
    assert text(ran) == "before\n"


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(0)",
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
    ],
)
def test_a_cell_that_ends_the_kernel_died(kernel: Kernel, source: str) -> None:
    ran = kernel.run("print('before', flush=True)\n" + source, 20)
    assert (ran.ended, ran.kernel_lost) == ("died", True)


def test_output_beyond_the_limit_is_cut_and_says_so(kernel: Kernel) -> None:
    ran = kernel.run("for i in range(2000): print('x' * 99)", 20)
    assert ran.ended == "ok"
    assert len(text(ran)) < 80 * 1024
    assert text(ran).endswith("[output cut here: more than 64 KiB]\n")
    assert kernel.run("1", 9).ended == "ok"


def test_a_full_disk_is_the_students_error(kernel: Kernel) -> None:
    for place in ("big", "/tmp/big", "/dev/shm/big"):
        ran = kernel.run(f"open({place!r}, 'wb').write(bytes(100 << 20))", 20)
        assert ran.ended == "error"
    assert kernel.run("1", 9).ended == "ok"


def test_too_many_files_are_the_students_error(kernel: Kernel) -> None:
    ran = kernel.run("files = [open('/dev/null') for _ in range(5000)]", 20)
    assert "Too many open files" in ran.error


def test_after_it_is_closed_a_kernel_can_be_closed_again(kernel: Kernel) -> None:
    kernel.close()
    kernel.close()
    with pytest.raises(KernelDied, match="has ended"):
        kernel.run("1", 9)


def test_a_kernel_that_cannot_start_leaves_nothing(
    jailer: Jailer, nothing_left: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(self: Kernel) -> None:
        raise KernelDied("as told")

    monkeypatch.setattr(Kernel, "_await_welcome", die)
    with pytest.raises(KernelDied, match="as told"):
        Kernel(jailer)


@pytest.mark.parametrize("source", [r"print('\ud800')", r"raise ValueError('\udfff')"])
def test_text_that_is_no_unicode_can_be_written_down(
    kernel: Kernel, source: str
) -> None:
    ran = kernel.run(source, 9)
    assert not ran.kernel_lost
    json.dumps([ran.outputs, ran.error], ensure_ascii=False).encode()


# --- hostile cells ------------------------------------------------------------------


def peak_kib(reset: bool = False) -> int:
    """Return the most memory this process has held, since the last reset."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


FORGE = """
import threading, time
kernel = get_ipython().kernel
session, iopub, shell = kernel.session, kernel.iopub_socket, kernel.shell_stream
parent = kernel.get_parent()
def send(kind, content, parent=parent):
    session.send(iopub, kind, content, parent=parent)
"""


@pytest.mark.hostile
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


@pytest.mark.hostile
def test_what_hangs_at_exit_is_killed(jailer: Jailer, nothing_left: None) -> None:
    with Kernel(jailer) as kernel:
        source = "import atexit\ndef f():\n    while True: pass\natexit.register(f)"
        assert kernel.run(source, 9).ended == "ok"


@pytest.mark.hostile
def test_a_memory_bomb_is_the_students_error(kernel: Kernel) -> None:
    ran = kernel.run("x = []\nwhile True: x.append(bytearray(10 << 20))", 20)
    assert "MemoryError" in ran.error or ran.ended == "died"


@pytest.mark.hostile
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


@pytest.mark.hostile
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


@pytest.mark.hostile
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


@pytest.mark.hostile
def test_messages_that_wait_while_nobody_listens_are_few(kernel: Kernel) -> None:
    before = peak_kib(reset=True)
    source = """
    def flood():
        time.sleep(0.5)
        while True:
            try: send('stream', {'name': 'stdout', 'text': 'x' * 600_000})
            except Exception: pass
    threading.Thread(target=flood, daemon=True).start()
    """
    assert kernel.run(FORGE + textwrap.dedent(source), 9).ended == "ok"
    time.sleep(2)
    kernel.run("1", 2)
    assert peak_kib() - before < 150 * 1024


@pytest.mark.hostile
def test_a_forged_idle_and_reply_end_nothing_but_the_forger(kernel: Kernel) -> None:
    source = """
    send('status', {'execution_state': 'idle'})
    ident = kernel._parent_ident['shell']
    session.send(shell, 'execute_reply', {'status': 'ok'}, parent=parent, ident=ident)
    time.sleep(3)
    print('after')
    """
    first = kernel.run(FORGE + textwrap.dedent(source), 9)
    # The forgery works, and gains nothing: what comes next waits for the kernel.
    assert first.ended == "ok"
    assert "after" not in text(first)
    assert text(kernel.run("print('mine')", 9)) == "mine\n"


@pytest.mark.hostile
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
    ran = forging.run(f"send({kind!r}, {content}, kernel.get_parent())", 9)
    assert ran.ended == "ok"
    for output in ran.outputs:
        assert output["output_type"] in KINDS
        for key in ("text", "ename", "evalue"):
            assert isinstance(output.get(key, ""), str)
        assert all(isinstance(v, str) for v in output.get("data", {}).values())
        assert all(isinstance(line, str) for line in output.get("traceback", []))


@pytest.fixture(scope="module")
def forging(jailer: Jailer):  # type: ignore[no-untyped-def]
    with Kernel(jailer) as opened:
        opened.run(FORGE, 9)
        yield opened


@pytest.mark.hostile
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


@pytest.mark.hostile
def test_closing_every_descriptor_ends_nothing_but_the_kernel(kernel: Kernel) -> None:
    ran = kernel.run("import os; os.closerange(0, 256)", 3)
    assert ran.kernel_lost


@pytest.mark.hostile
def test_memory_is_bounded_for_each_limit(warm: Warm, nothing_left: None) -> None:
    small, large = (
        Jailer(warm, ["numpy"], Limits(memory_mb=size)) for size in (100, 800)
    )
    source = "x = bytearray(300 << 20)"
    with Kernel(small) as kernel:
        assert "MemoryError" in kernel.run(source, 20).error
    with Kernel(large) as kernel:
        assert kernel.run(source, 20).ended == "ok"
    small.close()
    large.close()
