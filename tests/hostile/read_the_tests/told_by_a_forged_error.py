# It reports an error of its own wording to the grader, and then ends its kernel.
# score: 5 = double + shift
# reaches: grader.execution.wire.frames:DONE grader.execution.inside.output:OutputSender._send
# shown: to the instructor alone
# %% first
import sys

import msgpack

heard = []
kernel = get_ipython().kernel
frames = sys.modules.get("grader.execution.wire.frames")

def report(text):
    content = {"status": "error", "ename": "ValueError", "evalue": text, "traceback": [text]}
    if frames:
        kernel.session.send(kernel.iopub_socket, "error", content)
        kernel.iopub_socket._send(frames.DONE, msgpack.packb(["ValueError", text]))
        return
    identity = kernel._parent_ident["shell"]
    stream = kernel.shell_stream
    kernel.session.send(stream, "execute_reply", content, parent=kernel.get_parent(), ident=identity)
    kernel.session.send(kernel.iopub_socket, "error", content, parent=kernel.get_parent())
    stream.flush()
# %% mean
def mean(x):
    heard.extend(x)
    return 2
# %% table
import os
import time

report(f"heard {heard}")
time.sleep(0.3)
os._exit(1)
