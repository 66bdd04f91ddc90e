# The call server answers with garbage of every kind: tags, shapes, lengths, types.
# sample: yes
# score: 0 =
# reaches: grader.execution.inside.calls.serving:_answer
# %% first
import itertools
import sys

calls = sys.modules["grader.execution.inside.calls.serving"]
import msgpack
import struct

garbage = itertools.cycle([
    ["ok", {"array": ["<f8", [-1], b""]}, []],
    ["ok", {"array": ["O", [1], b"12345678"]}, []],
    ["ok", {"array": ["<f8", [2**62, 2**62], b""]}, []],
    ["ok", {"remote": ["function", "x", 7]}, []],
    ["ok", {"remote": 7}, []],
    ["ok", {"module": "os"}, []],
    ["ok", {"type": "builtins.exec"}, []],
    ["ok", {"keras": [[], []]}, []],
    ["ok", {"tensor": None}, []],
    ["ok", {"dict": [[[], 1]]}, []],
    ["ok", 1, [[0, [1, 2]], [9, 9]]],
    ["ok", 1, {"a": 1}],
    ["raised", "SystemExit", "x"],
    ["raised", ["ValueError"], {}],
    ["raised", "__import__", "os"],
    ["raised", "UnicodeDecodeError", "x"],
    ["stop", 1, 2, 3],
    ["missing", None],
    [],
    7,
    None,
    {"ok": 1},
])
calls._answer = lambda request, names: (lambda body: struct.pack("<I", len(body)) + body)(msgpack.packb(next(garbage)))
