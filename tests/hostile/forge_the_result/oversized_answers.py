# An answer that announces four gigabytes, one that never ends, one nested a million deep.
# score: 0 =
# reaches: grader.execution.inside.calls.serving:_answer
# %% first
import itertools
import sys

calls = sys.modules["grader.execution.inside.calls.serving"]
deep = b"\x91" * 1_000_000 + b"\x01"
wide = b"\xdd\x0f\xff\xff\xff" + b"\x01" * 10_000_000
frames = itertools.cycle([
    b"\xff\xff\xff\xff" + b"x" * 1000,
    len(deep).to_bytes(4, "little") + deep,
    len(wide).to_bytes(4, "little") + wide,
    b"\x00\x00\x00\x0f" + b"x" * 100_000,
    b"\x00\x00\x00\x00",
])
calls._answer = lambda request, names: next(frames)
