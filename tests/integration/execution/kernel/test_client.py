"""Cells in a jailed kernel: what they leave, how they end, and what they try."""

from __future__ import annotations

import json
import textwrap

import pytest

from grader.errors import KernelDied
from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import CellExecution, Kernel

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def text(ran: CellExecution) -> str:
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


def test_a_cell_may_wait_for_what_runs_meanwhile(kernel: Kernel) -> None:
    source = "import asyncio\nprint('a')\nawait asyncio.sleep(0.01)\nprint('b')"
    ran = kernel.run(source, 9)
    assert (ran.ended, text(ran)) == ("ok", "a\nb\n")


def test_what_a_thread_prints_later_is_kept_with_its_cell(kernel: Kernel) -> None:
    source = (
        "import threading, time\n"
        "late = threading.Thread(target=lambda: (time.sleep(0.1), print('late')))\n"
        "late.start(); print('now'); late.join()"
    )
    assert text(kernel.run(source, 9)) == "now\nlate\n"


def test_kernels_of_one_fork_server_are_at_home_and_not_alike(jailer: Jailer) -> None:
    source = """
    import json, os
    ip = get_ipython()
    folders = [ip.ipython_dir, ip.profile_dir.location, ip.starting_dir, *_dh]
    print(json.dumps([str(folder) for folder in [*folders, os.getcwd()]]))
    print(os.path.isdir(ip.profile_dir.location))
    print(ip.kernel.session.session, ip.kernel.ident, ip.kernel.session.key)
    """
    told = []
    for _ in range(2):
        with Kernel(jailer) as kernel:
            told.append(text(kernel.run(textwrap.dedent(source), 9)).splitlines())
    (folders, there, one), (_, _, other) = told
    assert all(f.startswith("/home/student") for f in json.loads(folders)), folders
    assert there == "True"
    assert set(one.split()).isdisjoint(other.split())


@pytest.mark.parametrize(
    "source",
    [
        "import pickle\nclass A: pass\npickle.loads(pickle.dumps(A()))",
        "import __main__\nx = 3\nassert __main__.x == 3",
        "display(5); assert __IPYTHON__",
        "1 + 1\nassert get_ipython() is get_ipython().kernel.shell",
        "import os; assert os.environ['PAGER'] == 'cat'",
        "%store\n%config InlineBackend.figure_format = 'svg'",
    ],
)
def test_a_kernel_is_an_ipython_like_any_other(kernel: Kernel, source: str) -> None:
    ran = kernel.run(source, 9)
    assert (ran.ended, ran.error) == ("ok", "")


def test_no_debugger_is_loaded(kernel: Kernel) -> None:
    source = "import sys; print(any('pydevd' in name for name in sys.modules))"
    assert text(kernel.run(source, 9)) == "False\n"


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


def test_what_a_signals_handler_prints_breaks_no_frame(kernel: Kernel) -> None:
    source = """
    import signal
    ticks = []
    def tick(*_):
        ticks.append(1)
        print('tick')
    signal.signal(signal.SIGALRM, tick)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    while len(ticks) < 20:
        for _ in range(100): print('.' * 40)
        print('x' * 5000)
    signal.setitimer(signal.ITIMER_REAL, 0)
    """
    ran = kernel.run(textwrap.dedent(source), 20)
    assert ran.ended == "ok"
    assert text(kernel.run("print('mine')", 9)) == "mine\n"


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

    monkeypatch.setattr(Kernel, "_await_start", die)
    with pytest.raises(KernelDied, match="as told"):
        Kernel(jailer)


@pytest.mark.parametrize("source", [r"print('\ud800')", r"raise ValueError('\udfff')"])
def test_text_that_is_no_unicode_can_be_written_down(
    kernel: Kernel, source: str
) -> None:
    ran = kernel.run(source, 9)
    assert not ran.kernel_lost
    json.dumps([ran.outputs, ran.error], ensure_ascii=False).encode()
