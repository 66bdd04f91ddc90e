"""Random bytes that a hostile kernel might send.

These are valid frame bodies, valid bodies with changed bytes, trees of the right tags
with wrong contents, and bodies that are expensive to read.
"""

from __future__ import annotations

import importlib
import random
import struct
from array import array
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import msgpack
import numpy as np

from grader.execution.wire import codec, frames, registry

pd: Any = importlib.import_module("pandas")
sparse: Any = importlib.import_module("scipy.sparse")
SPARSE = [
    getattr(sparse, f"{layout}_{family}")
    for layout in "csr csc bsr coo dia lil dok".split()
    for family in ("array", "matrix")
]
Point = namedtuple("Point", "x y", defaults=[0])
LONGEST = 1 << 16
# Python hashes numbers modulo this prime, so all its multiples share one hash.
PRIME = (1 << 61) - 1
VALUES: list[Any] = [
    *(None, True, 0, -1, 2**63, -(10**30), 1.5, float("nan"), "", "é\0", b"\xff"),
    *(1 + 2j, ..., (1, (2.0,)), {1, "a"}, frozenset({2}), {"a": [1], (2, 3): None}),
    *(range(1, 9, 2), slice(None, 5), int, np.float32, np.dtype(">i8")),
    *(np.arange(6.0).reshape(2, 3), np.array([True, False]), np.zeros((0, 3))),
    *(np.array(["a", "ü"]), np.array([b"x"]), np.float32(0.5), np.array(2 + 1j)),
    [{"a": [(1, np.zeros(3)), {"b": {4}}]}],
    *(Counter("aab"), OrderedDict(a=1), defaultdict(list, a=[1]), deque([1, 2], 3)),
    *({"a": 1}.keys(), {"a": [1]}.values(), {"a": 1}.items(), bytearray(b"ab")),
    *(array("i", [1, 2]), Fraction(1, 3), Decimal("1.50"), date(2024, 2, 29)),
    *(datetime(2024, 1, 1, tzinfo=UTC), timedelta(1), UTC, ZoneInfo("Europe/Rome")),
    *(time(1, 2), PurePosixPath("a/b"), HTTPStatus.OK, Point(1, [2]), Point),
    *(np.array([(1, "a")], "i4,U2"), np.array([1, "a", None], object)),
    *(np.ma.masked_array([1.0, 2.0], [True, False]), np.datetime64("2024-01-01")),
    *(np.eye(2).view(np.matrix), np.broadcast_to(1, (2, 2))),
    *(pd.DataFrame({"a": [1, 2], "b": ["x", None]}), pd.DataFrame({"c": [[1], None]})),
    *(pd.Series(["a", "b"], dtype="category"), pd.Series([1, None], dtype="Int8")),
    *(pd.date_range("2024", periods=2, tz="UTC"), pd.RangeIndex(2), pd.Index([1.5])),
    *(pd.MultiIndex.from_product([["a"], [1, 2]]), pd.to_timedelta([1], unit="s")),
    *(pd.CategoricalIndex(["a"]), pd.Timestamp("2024"), pd.Timedelta("1h")),
    *(pd.NA, pd.NaT, *(kind(np.eye(2)) for kind in SPARSE)),
]
CODES = "<f8 <f4 >i2 |u1 |b1 <U3 |S2 <c8 <f16 O V8 M8[s] <U0 <U999999 f8,i4".split()
CODES += ["<M8[s]", "dict_keys", "odict_items", "date", "datetime", "1.5E+3"]
CODES += ["range", "flat", "multi", "text", "category", "csr_array", "coo_matrix"]
CODES += ["<U\u0663", "|b1,", "=i8", "|O8", "<m8[ns]", "f", ""]
TAGS = [*codec.TAGS, *(kind.tag for kind in registry.CODECS)]
TAGS += ["remote", "module", "local", "nonsense", ""]
TAGS += ["given", "again", "own", "singleton", "builtin"]
KINDS = ["function", "method", "builtin", "class", "object", "error", "", 7]
EVENTS = ["stdout", "stderr", "warning", "log", "cannot", "cut", "", 7]
STATUSES = ["ok", "ok", "ok", "ok", "raised", "stop", "missing", "", "fine"]
EXCEPTIONS = "ValueError StopIteration SystemExit KeyError OSError Exception".split()
EXCEPTIONS += ["ExceptionGroup", "UnicodeDecodeError", "print", "__import__", "", "a\0"]
TEXTS = ["", "f", "numpy", "os", "numpy.linalg", "\0", "9" * 50, "١٢", "1_0", "<f8"]
TEXTS += ["x" * 300, "../../etc", "__class__", "{}", "%s", "\U0010ffff"]
OUTPUTS: list[dict[str, Any]] = [
    {"output_type": "stream", "name": "stdout", "text": "a"},
    {"output_type": "display_data", "data": {"text/plain": "a"}, "metadata": {}},
    {"output_type": "execute_result", "data": {"image/png": "QQ=="}, "metadata": {}},
    {"output_type": "error", "ename": "E", "evalue": "e", "traceback": ["a", "b"]},
]
# The socket has no reader yet: several longer outputs in a row would fill it.
OUTPUT_BYTES = 4000
NUMBERS = [0, 1, -1, 2, 255, 2**31, 2**63 - 1, 2**64 - 1, -(2**63), 1e308, -0.0]


def tree_of(value: Any) -> Any:
    """Return the tree that a kernel sends for a value of `VALUES`."""

    def refuse(other: Any) -> Any:
        raise TypeError(f"a {type(other).__name__} among the values")

    return codec.encode(value, registry.encoder("student", refuse))


def packed(message: Any) -> bytes:
    """Return `message` as MessagePack."""
    body: bytes = msgpack.packb(message)
    return body


class Inputs:
    """Draws random inputs from one seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        trees = map(tree_of, VALUES)
        self._payloads = [next(iter(t.values())) for t in trees if type(t) is dict]
        self._bodies = [packed(tree_of(value)) for value in VALUES]
        answers = [["ok", tree_of(value), []] for value in VALUES]
        answers += [["stop"], ["missing"], ["raised", "ValueError", "no"]]
        answers += [["ok", {"remote": ["function", 0, "f"]}, []]] * 3
        self._answers = [packed(answer) for answer in answers]

    def body(self) -> bytes:
        """Return the body of one frame."""
        kinds: list[Callable[[], bytes]] = [
            lambda: self._mutated(self._chance.choice(self._bodies)),
            lambda: self._mutated(self._chance.choice(self._answers)),
            lambda: packed(self.tree(4)),
            lambda: self._mutated(packed(self.tree(3))),
            self._spliced,
            self._expensive,
            lambda: self._chance.randbytes(self._chance.randrange(200)),
        ]
        weights = (4, 4, 5, 3, 2, 1, 1)
        return self._chance.choices(kinds, weights)[0]()[:LONGEST]

    def conversation(self) -> bytes:
        """Return all that a kernel writes in a conversation, possibly cut off."""
        answers = (self._answer() for _ in range(self._chance.randint(1, 6)))
        stream = b"".join(struct.pack("<I", len(a)) + a for a in answers)
        if self._chance.random() < 0.2:
            stream = stream[: self._chance.randrange(len(stream) + 1)]
        if self._chance.random() < 0.1:
            stream = self._mutated(stream)
        return stream

    def cell(self, number: bytes) -> bytes:
        """Return what a kernel sends while it runs the cell with this number."""
        count = self._chance.randint(0, 5)
        stream = b"".join(self._frame(number) for _ in range(count))
        if self._chance.random() < 0.7:
            reply = self._chance.choice([[], ["KeyError", "no"], self.tree(2)])
            stream += frames.pack(number, frames.DONE, packed(reply))
        if self._chance.random() < 0.2:
            stream = stream[: self._chance.randrange(len(stream) + 1)]
        return self._mutated(stream) if self._chance.random() < 0.2 else stream

    def _frame(self, number: bytes) -> bytes:
        if self._chance.random() < 0.1:
            number = self._chance.choice([frames.UP, self._chance.randbytes(8)])
        kind = self._chance.choice(
            [
                frames.STDOUT,
                frames.STDERR,
                *[frames.OUTPUT] * 4,
                self._chance.randrange(256),
            ]
        )
        contents: list[Callable[[], bytes]] = [
            self._output,
            lambda: self._mutated(self._output()),
            lambda: self.body()[:OUTPUT_BYTES],
            lambda: self._chance.randbytes(self._chance.choice([0, 1, 99, 2000])),
            lambda: self._chance.choice(TEXTS).encode() * self._chance.randrange(9),
        ]
        return frames.pack(number, kind, self._chance.choice(contents)())

    def _output(self) -> bytes:
        content = {
            key: self._chance.choice([value, self.tree(2)])
            for key, value in self._chance.choice(OUTPUTS).items()
            if self._chance.random() < 0.9
        }
        return packed(content)

    def _answer(self) -> bytes:
        if self._chance.random() < 0.4:
            return self._chance.choice(self._answers)
        if self._chance.random() < 0.3:
            return self.body()
        if self._chance.random() < 0.3:
            return packed(self._aside())
        status = self._chance.choice(STATUSES)
        if status == "raised":
            return packed([status, *self._error(3)])
        changed = [[self._chance.choice([0, 1, "k", None]), self.tree(2)]]
        return packed([status, self.tree(3), self._chance.choice([[], changed])])

    def _aside(self) -> Any:
        """Return what comes before an answer, or a description of classes."""
        kinds: list[Callable[[], Any]] = [
            lambda: ["said", [self._event() for _ in range(3)]],
            lambda: ["callback", *(self.tree(1) for _ in range(3))],
            lambda: ["callback", self._number(), [self.tree(2)], [["k", self.tree(1)]]],
            lambda: ["ok", [self._class() for _ in range(2)], []],
            lambda: ["ok", {"remote": self._remote()}, []],
            lambda: ["stop", self.tree(1)],
        ]
        return self._chance.choice(kinds)()

    def _event(self) -> Any:
        parts = [*TEXTS, 7, 50, self.tree(1)]
        count = self._chance.randrange(4)
        return [
            self._chance.choice(EVENTS),
            *(self._chance.choice(parts) for _ in range(count)),
        ]

    def _class(self) -> list[Any]:
        abilities = ["__len__", "-__hash__", "__eq__", "send", "__class__", "__iter__"]
        return [
            self._number(),
            *(self._chance.choice([*TEXTS, "A", "generator"]) for _ in range(2)),
            self._chance.choice(["__main__", "builtins", "numpy", ""]),
            self._chance.sample([0, 1, "ValueError", "SystemExit", "print"], 2)[:1],
            self._chance.sample(abilities, 2),
            self._chance.sample(abilities, self._chance.randrange(2)),
            self._chance.choice([True, False, False, 1]),
        ]

    def _remote(self) -> list[Any]:
        kind = self._chance.choice(KINDS)
        more = [self._number()] if kind in ("object", "error") else []
        return [kind, self._number(), "f", *more]

    def _number(self) -> Any:
        return self._chance.choice([0, 0, 1, 2, -1, "0", None])

    def _error(self, left: int) -> list[Any]:
        kind = self._chance.choice([*EXCEPTIONS, self.tree(1)])
        text = self._chance.choice(TEXTS)
        if left == 0 or self._chance.random() < 0.4:
            return [kind, text]
        attributes = [["code", self.tree(1)], ["__class__", self.tree(0)]]
        handle = self._chance.choice([None, None, [self._number(), self._number()]])
        causes = [self._chance.choice([None, self._error(left - 1)]) for _ in range(2)]
        own = self._chance.choice([None, None, None, self._number()])
        arguments = [self.tree(1) for _ in range(self._chance.randrange(3))]
        return [kind, text, [arguments, attributes, handle, *causes, False, own]]

    def tree(self, depth: int) -> Any:
        """Return a tree with the right tags, whose contents may be wrong."""
        pick = self._chance.random()
        if depth <= 0 or pick < 0.25:
            return self._leaf()
        if pick < 0.4:
            return [self.tree(depth - 1) for _ in range(self._chance.randrange(4))]
        return {self._chance.choice(TAGS): self._payload(depth - 1)}

    def _payload(self, depth: int) -> Any:
        kinds: list[Callable[[], Any]] = [
            self._array,
            lambda: [self._chance.choice(CODES), self._data()],
            lambda: [self.tree(depth) for _ in range(self._chance.randrange(5))],
            lambda: [[self.tree(depth), self.tree(depth)] for _ in range(3)],
            lambda: ["function", self._leaf(), self._leaf()],
            self._remote,
            lambda: self._near(self._chance.choice(self._payloads)),
            lambda: [1, self._leaf(), None],
            lambda: self.tree(depth),
            self._leaf,
        ]
        return self._chance.choice(kinds)()

    def _near(self, payload: Any) -> Any:
        """Return a real payload with one part replaced, or that of another tag."""
        if type(payload) is not list or not payload or self._chance.random() < 0.3:
            return payload
        changed = [*payload]
        at = self._chance.randrange(len(changed))
        changed[at] = self.tree(1)
        return changed

    def _array(self) -> list[Any]:
        shape = [self._chance.choice([0, 1, 2, 3, -1, 2**40, True, 1.0])] * 2
        return [self._chance.choice(CODES), shape, self._data()]

    def _data(self) -> bytes:
        return self._chance.randbytes(self._chance.choice([0, 1, 2, 4, 8, 12, 32, 72]))

    def _leaf(self) -> Any:
        return self._chance.choice(
            [
                *(self._chance.choice(kind) for kind in (TEXTS, NUMBERS, CODES)),
                *(None, True, b"bytes", 3, 0.5),
            ]
        )

    def _mutated(self, body: bytes) -> bytes:
        changed = bytearray(body)
        for _ in range(self._chance.randint(1, 4)):
            at = self._chance.randrange(len(changed) + 1)
            length = self._chance.randint(1, 8)
            kind = self._chance.randrange(4)
            if kind == 0:
                changed[at : at + 1] = self._chance.randbytes(1)
            elif kind == 1:
                del changed[at : at + length]
            elif kind == 2:
                changed[at:at] = self._chance.randbytes(length)
            else:
                changed[at:at] = changed[at : at + length] * 3
        return bytes(changed)

    def _spliced(self) -> bytes:
        one, other = self._chance.choices([*self._bodies, *self._answers], k=2)
        return (
            one[: self._chance.randrange(len(one) + 1)]
            + other[self._chance.randrange(len(other) + 1) :]
        )

    def _expensive(self) -> bytes:
        """Return a body that claims, nests or hashes more than it should."""
        count = self._chance.choice([10, 100, 1000, 3000])
        claim = struct.pack(">I", self._chance.choice([count, LONGEST, 2**32 - 1]))
        kinds: list[Callable[[], bytes]] = [
            lambda: (b"\xdd" + claim) * count,
            lambda: (b"\xdf" + claim + b"\xa1a") * count,
            lambda: b"\xc6" + claim + bytes(count),
            lambda: b"\xdb" + claim + bytes(count),
            lambda: b"\xc9" + claim + bytes(count),
            lambda: b"\x91" * count + b"\x01",
            lambda: b"\x81\xa5tuple\x91" * count + b"\x01",
            lambda: b"\x81\xa5slice\x93\xc0\xc0" * count + b"\xc0",
            lambda: b"\x81\xa9frozenset\x91" * count + b"\x01",
            lambda: packed({"set": self._equal_hashes(count)}),
            lambda: packed({"dict": [[k, 1] for k in self._equal_hashes(count)]}),
            lambda: packed({"array": ["|S1", [0, 2**62], b""]}),
            lambda: packed({"array": ["<f8", [0] * 60, b""]}),
            lambda: packed({"int": "9" * (count * 4)}),
            lambda: packed([{"tuple": []}] * count),
            lambda: packed([{}] * count),
        ]
        return self._chance.choice(kinds)()

    def _equal_hashes(self, count: int) -> list[Any]:
        """Return trees of values that share one hash."""
        if self._chance.random() < 0.5:
            return [{"int": str(k * PRIME)} for k in range(count)]
        bits = range(max(count.bit_length() - 1, 1))
        return [{"tuple": [-1 - (k >> b & 1) for b in bits]} for k in range(count)]
