"""The kernel inside the jail: an ipykernel on sockets opened outside.

The sockets were bound before the jail was entered, so their paths need not
exist in here and nothing in here is shared with the outside but these
descriptors. One of them is the call channel: while the kernel is idle, its main
thread answers the examiner's calls on it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence

from grader.jail import callee, kernel_app
from grader.jail.sandbox import WORK


def environment() -> dict[str, str]:
    """Return the whole environment of student code."""
    return {
        "HOME": WORK,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), "/usr/bin", "/bin"]),
        "TMPDIR": "/tmp",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


def run_kernel(key: str, call: int, listeners: Sequence[int]) -> None:
    """Become the kernel and serve until it is shut down.

    Parameters
    ----------
    key
        What signs the messages. The student can read it: it keeps nobody out,
        it only is what the protocol asks for.
    call
        Descriptor of the call channel.
    listeners
        Listening descriptors in the order of `kernel_app.CHANNELS`.
    """
    app = kernel_app.take()
    app.open(key.encode(), listeners)
    loop = asyncio.get_event_loop()
    loop.add_reader(call, callee.serve_one, call, app.kernel.shell.user_ns)
    app.start()  # type: ignore[no-untyped-call]
