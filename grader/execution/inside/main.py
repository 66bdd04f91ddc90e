"""The kernel inside the jail. It uses sockets that were opened outside.

The jail shares nothing but these descriptors with the outside. On one of them the
grader sends cells. For Jupyter the kernel is an ipykernel instead, with five sockets
that were bound before the process entered the jail, so that their paths need not exist
in it. The last one is the call channel: while the kernel is idle, its main thread
answers the examiner's calls there.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from grader.execution.inside import ipykernel_app, keras_tracing, server
from grader.execution.inside.calls import descriptions, said, serving
from grader.execution.layout import WORK


def environment() -> dict[str, str]:
    """Return the environment variables of student code."""
    return {
        "HOME": WORK,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "TMPDIR": "/tmp",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


def run(key: str | None, descriptors: Sequence[int]) -> None:
    """Become the kernel and serve until it is shut down.

    Parameters
    ----------
    key
        Signs Jupyter's messages, as the protocol requires. It protects nothing, because
        the student can read it. None for the grader's own kernel.
    descriptors
        The call channel; then the socket for cells and two pipes or, for Jupyter, the
        listening sockets in the order of `ipykernel_app.CHANNELS`.
    """
    call, *others = descriptors
    app = ipykernel_app.take()
    said.listen(descriptions.base_of)
    if key is None:
        keras_tracing.install()
        server.Server(app, others[0], others[1:]).serve(call)
    app.open(key.encode(), others)
    loop = asyncio.get_event_loop()
    loop.add_reader(call, serving.serve_one, call, app.kernel.shell.user_ns)
    app.start()  # type: ignore[no-untyped-call]
