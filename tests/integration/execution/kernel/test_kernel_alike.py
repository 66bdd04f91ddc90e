"""A cell shows and raises on the grader's line what it does under ipykernel.

Both kernels are forks of one fork server; each case runs in both, in the same order.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient

from grader.execution.jail.jail import Jailer
from grader.execution.kernel.client import Kernel
from grader.execution.wiring import start_fork_server
from grader.notebooks import outputs
from tests.support.kernels import LIMITS

Seen = tuple[list[dict[str, Any]], str]
SECONDS = 60


@pytest.fixture(scope="module")
def drawing() -> Iterator[Jailer]:
    """Jails in which there is something to draw with."""
    with start_fork_server(["numpy", "matplotlib.pyplot"]) as fork_server:
        opened = Jailer(fork_server, ["numpy", "matplotlib"], LIMITS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def ours(drawing: Jailer) -> Iterator[Kernel]:
    with Kernel(drawing) as kernel:
        yield kernel


@pytest.fixture(scope="module")
def ipykernel(drawing: Jailer) -> Iterator[Callable[[str], Seen]]:
    jail = drawing.open(jupyter=True)
    client = BlockingKernelClient()
    client.load_connection_info(jail.connection_info)  # type: ignore[arg-type]
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        yield lambda source: run_there(client, source)
    finally:
        client.stop_channels()
        jail.kill()


def run_there(client: BlockingKernelClient, source: str) -> Seen:
    """Run a cell by Jupyter's messages; return its outputs and its error."""
    shown = outputs.Shown()

    def hook(message: dict[str, Any]) -> None:
        kind = message["header"]["msg_type"]
        if output := outputs.output_of(kind, message["content"]):
            shown.add(output)

    reply = client.execute_interactive(
        source, output_hook=hook, allow_stdin=False, timeout=SECONDS
    )["content"]
    failed = reply["status"] != "ok"
    error = f"{reply['ename']}: {reply['evalue']}"[:300] if failed else ""
    return list(shown.all()), error.removesuffix(": ")


def run_here(kernel: Kernel, source: str) -> Seen:
    ran = kernel.run(source, SECONDS)
    assert not ran.kernel_lost, ran
    return list(ran.outputs), ran.error


def normal(seen: Seen) -> tuple[Any, ...]:
    """Return what two kernels may be asked to agree on.

    The two streams run side by side; objects lie where they lie.
    """
    shown, error = seen
    streams = {
        name: "".join(o["text"] for o in shown if o.get("name") == name)
        for name in ("stdout", "stderr")
    }
    rest = [o for o in shown if o["output_type"] != "stream"]
    return tuple(
        re.sub(r"0x[0-9a-f]+|ipykernel_\d+|\bpid \d+", "…", repr(part))
        for part in (streams, rest, error)
    )


@pytest.mark.parametrize(
    "source",
    [
        "print('a'); print('b', end=''); print('c')",
        "import sys\nsys.stdout.write('no end'); sys.stderr.write('of line')",
        "import sys\nprint('x', file=sys.stderr); print('y', flush=True)",
        "print('\\N{BLACK HEART SUIT}')",
        "print('x' * 50_000)",
        "5\n6",
        "None",
        "5;",
        "import numpy as np\nnp.arange(6).reshape(2, 3)",
        "print('before'); display(5, 'six'); print('after')",
        "from IPython.display import HTML, Markdown\ndisplay(HTML('<b>x</b>'))\n"
        "Markdown('*y*')",
        "from IPython.display import JSON\nJSON({'a': [1, 2.5, None, {'b': True}]})",
        "from IPython.display import clear_output\n"
        "print('a'); clear_output(); print('b'); clear_output(wait=True)",
        "handle = display('one', display_id='h')\nhandle.update('two')",
        "class A:\n    def _repr_html_(self): return '<i>a</i>'\n"
        "    def _repr_png_(self): return b'png'\nA()",
        "class B:\n    def __repr__(self): raise ValueError('in repr')\nB()",
        "class C:\n    def _repr_html_(self): raise ValueError('in html')\nC()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2])",
        "fig, ax = plt.subplots()\nax.imshow([[1, 2], [3, 4]])\nplt.show()\nprint(1)",
        "plt.figure()\nplt.plot([1])\n1 / 0",
        "%matplotlib inline\nplt.plot([1, 2]);",
    ],
)
def test_it_shows_the_same(
    ours: Kernel, ipykernel: Callable[[str], Seen], source: str
) -> None:
    assert normal(run_here(ours, source)) == normal(ipykernel(source))


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return 1 / x\nf(0)",
        "def g(:\n    pass",
        "x = '",
        "raise SystemExit",
        "raise SystemExit(3)",
        "import sys; sys.exit('bye')",
        "raise KeyboardInterrupt",
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nprint('after')",
        "input('? ')",
        "import getpass\ngetpass.getpass()",
        "raise ValueError('x' * 1000)",
        "raise ValueError",
        "assert 1 == 2, 'not so'",
        "raise ExceptionGroup('many', [ValueError(1), TypeError(2)])",
        "import warnings\nwarnings.warn('careful')",
        "import logging\nlogging.getLogger('a').warning('logged')",
        "%no_such_magic",
        "%%no_such_magic\nx",
        "no_such_name",
        "get_ipython().set_custom_exc((KeyError,), lambda *a, **k: print(1))\n{}[1]",
    ],
)
def test_it_fails_the_same(
    ours: Kernel, ipykernel: Callable[[str], Seen], source: str
) -> None:
    assert normal(run_here(ours, source)) == normal(ipykernel(source))


@pytest.mark.parametrize(
    "source",
    [
        "!echo hello; exit 3",
        "x = !echo captured\nx",
        "%%bash\necho out; echo err >&2",
        "%%capture kept\nprint('hidden')\n5",
        "print(kept.stdout)\nkept.show()",
        "%%writefile made.py\nprint('from a file')\nmade = 5",
        "%run made.py\nmade",
        "print?",
        "def documented():\n    'Says so.'\ndocumented?",
        "%pwd",
        "%precision 3\n3.14159",
        "%xmode Minimal\n1 / 0",
        "%xmode Context",
        "a = 1; _ih[-1], _i",
        "7\nget_ipython().run_cell('8').success",
        "%%html\n<b>x</b>",
        "%alias shout echo LOUD\n%shout",
        "cd /tmp",
        "ls /nowhere_at_all",
        "%load_ext no_such_extension",
        "__name__, __IPYTHON__, type(get_ipython()).__mro__[1].__name__",
        "import comm\ncomm.create_comm(target_name='widget')\nprint('made')",
        "get_ipython().ast_node_interactivity = 'all'\n1\n2",
        "get_ipython().ast_node_interactivity = 'last_expr'",
        "get_ipython().events.register('post_run_cell', lambda r: print('hook'))",
        "print('with a hook')",
    ],
)
def test_ipython_is_the_same(
    ours: Kernel, ipykernel: Callable[[str], Seen], source: str
) -> None:
    assert normal(run_here(ours, source)) == normal(ipykernel(source))


@pytest.mark.parametrize(
    "source",
    [
        """
        import os, time
        os.write(1, b'below'); os.write(2, b'under')
        os.system('echo system')
        time.sleep(0.5)
        """,
        """
        import subprocess, time
        subprocess.run(['sh', '-c', 'echo out; echo err >&2'])
        time.sleep(0.5)
        """,
        """
        import threading
        threads = [threading.Thread(target=print, args=(n,)) for n in range(3)]
        for thread in threads:
            thread.start(); thread.join()
        """,
        """
        import asyncio
        print(asyncio.get_running_loop().is_running())
        task = asyncio.create_task(asyncio.sleep(0.01, 'slept'))
        """,
        "print(await task)\n(await asyncio.sleep(0.01, 'again'))",
        """
        later = asyncio.sleep(0)
        try:
            asyncio.run(later)
        finally:
            later.close()
        """,
        "async def fail():\n    raise ValueError('later')\nawait fail()",
        "async for x in []: pass\n3",
        "import sys\nsys.stdout.encoding, sys.stdout.isatty(), sys.stdin.read()",
        "try:\n    sys.stdout.write(5)\nexcept TypeError as error:\n    print(error)",
        "import sys; print(sys.stdout.writable(), sys.stdout.name, sys.stdout.closed)",
        """
        import contextlib, io
        with contextlib.redirect_stdout(io.StringIO()) as held:
            print('held')
        held.getvalue()
        """,
        "import faulthandler\nfaulthandler.enable()",
    ],
)
def test_what_runs_below_and_beside_it_is_the_same(
    ours: Kernel, ipykernel: Callable[[str], Seen], source: str
) -> None:
    source = textwrap.dedent(source)
    assert normal(run_here(ours, source)) == normal(ipykernel(source))
