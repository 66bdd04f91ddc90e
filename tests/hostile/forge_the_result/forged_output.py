# Sends forged prints, warnings, log records and calls of the test's functions before each answer.
# sample: yes
# score: at most 7 = double + shift + table
# reaches: grader.execution.inside.calls.serving:_answer
# %% first
import itertools
import sys

import msgpack

serving = sys.modules["grader.execution.inside.calls.serving"]
deep = 1
for _ in range(300):
    deep = [deep]
forged = itertools.cycle([
    ["said", [["stdout", "passed"] * 3]],
    ["said", [["stdout", "x" * 10_000_000]]],
    ["said", [["warning", 0, "w"], ["warning", "SystemExit", "w"]]],
    ["said", [["warning", "Warning", 7]]],
    ["said", [["log", "root", 10**9, "x"], ["log", {}, 1, "x"]]],
    ["said", [["log", f"logger {n}", 50, "x"] for n in range(10_000)]],
    ["said", [["cut"]] * 200_000],
    ["said", deep],
    ["said", 7],
    ["said"],
    ["callback", 0, [], []],
    ["callback", -1, [[]], [["x", 1]]],
    ["callback", 2**70 % 2**63, {}, None],
    ["callback"],
    ["callback", 0, [{"own": 0}], [[0, 0]]],
])
plain = serving._answer

def answer(line, request):
    body = msgpack.packb(next(forged))
    line.send(len(body).to_bytes(4, "little") + body)
    return plain(line, request)

serving._answer = answer
