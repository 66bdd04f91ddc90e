"""Frames, series and indexes arrive whole; what claims too much is refused."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from tests.support.wires import Stayed, back, refusal, through

pd: Any = pytest.importorskip("pandas")

FRAMES: dict[str, Any] = {
    "numbers": pd.DataFrame({"a": [1, 2, 3], "b": [1.5, np.nan, 2]}),
    "text": pd.DataFrame({"c": ["x", "ü", None]}),
    "bare": pd.DataFrame(),
    "rows alone": pd.DataFrame(index=range(3)),
    "no names": pd.DataFrame(np.arange(6).reshape(2, 3)),
    "twice": pd.DataFrame([[1, 2], [3, 4]], [0, 0], ["x", "x"]),
    "zone": pd.DataFrame({"t": pd.date_range("2024", periods=2, tz="Europe/Berlin")}),
    "months": pd.DataFrame({"a": [1, 2]}, pd.date_range("2024", periods=2, freq="MS")),
    "durations": pd.DataFrame({"d": pd.to_timedelta([1, 2], unit="s")}),
    "categories": pd.DataFrame({"c": pd.Categorical(["a", "b", None], ordered=True)}),
    "nullable": pd.DataFrame({"n": pd.array([1, None]), "b": pd.array([True, None])}),
    "floats": pd.DataFrame({"f": pd.array([1.5, None], dtype="Float32")}),
    "objects": pd.DataFrame({"o": pd.Series([[1], {"a": (2,)}, None], dtype=object)}),
    "old text": pd.DataFrame({"o": pd.Series(["a", "b"], dtype=object)}),
    "strings": pd.DataFrame({"s": pd.Series(["a", None], dtype="string")}),
    "groups": pd.DataFrame({"a": [1, 2, 1], "b": list("xyz"), "v": range(3)})
    .groupby(["a", "b"])
    .sum(),
    "named": pd.DataFrame({"a": [1]}, pd.Index(["r"], name="rows")),
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("way", [through, back])
def test_frames_arrive_whole(frame: Any, way: Any) -> None:
    found = way(frame)
    assert type(found) is pd.DataFrame
    pd.testing.assert_frame_equal(found, frame, check_index_type="equiv")
    assert found.dtypes.tolist() == frame.dtypes.tolist()
    for index in ("index", "columns"):
        one, other = getattr(found, index), getattr(frame, index)
        assert type(one) is type(other)
        pd.testing.assert_index_equal(one, other, exact=True)
        assert one.names == other.names
    for number in range(frame.shape[1]):
        pd.testing.assert_series_equal(
            way(frame.iloc[:, number]), frame.iloc[:, number]
        )


def test_a_frame_that_arrived_can_be_changed() -> None:
    found = through(FRAMES["numbers"])
    found.loc[0, "a"] = 9
    found["new"] = found["a"] * 2
    assert found["new"].tolist() == [18, 4, 6]


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2024-01-01 12:00"),
        pd.Timestamp("2024-01-01", tz="UTC"),
        pd.Timedelta("3h"),
        pd.NaT,
        pd.NA,
    ],
    ids=repr,
)
def test_scalars_arrive(value: Any) -> None:
    found = through([value])[0]
    assert type(found) is type(value)
    assert repr(found) == repr(value)


class Own(pd.DataFrame):  # type: ignore[misc]
    pass


def with_attributes() -> Any:
    frame = pd.DataFrame({"a": [1]})
    frame.attrs["source"] = "x"
    return frame


@pytest.mark.parametrize(
    "value",
    [
        Own({"a": [1]}),
        with_attributes(),
        pd.DataFrame({"a": [object()]}),
        pd.DataFrame({"a": [test_scalars_arrive]}),
        pd.Series(pd.arrays.SparseArray([0, 1])),
        pd.period_range("2024", periods=2),
        pd.DataFrame({"a": [1]}).groupby("a"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_holds_more_than_data_stays(value: Any) -> None:
    with pytest.raises(Stayed):
        through(value)


THREE: Any = {"array": ["<i8", [3], bytes(24)]}
ROWS = ["range", 0, 3, 1, None]
NAME = ["flat", {"array": ["<i8", [1], bytes(8)]}, None, None]
LENGTHS: Any = {"array": ["<i4", [2], b"\1\0\0\0\2\0\0\0"]}
MALFORMED: dict[str, Any] = {
    "no parts": {"frame": []},
    "a billion rows": {"frame": [["range", 0, 10**9, 1, None], NAME, THREE]},
    "a billion rows without columns": {
        "frame": [["range", 0, 10**9, 1, None], ["range", 0, 0, 1, None]]
    },
    "a billion names": {"frame": [ROWS, ["range", 0, 10**9, 1, None], THREE]},
    "a billion rows alone": {"index": ["range", 0, 10**9, 1, None]},
    "other lengths": {"frame": [["range", 0, 2, 1, None], NAME, THREE]},
    "fewer names": {"frame": [ROWS, ["range", 0, 0, 1, None], THREE]},
    "columns differ": {
        "frame": [ROWS, ["range", 0, 2, 1, None], THREE, {"array": ["<i8", [0], b""]}]
    },
    "two levels of columns": {
        "frame": [ROWS, NAME, {"array": ["<i8", [3, 1], bytes(24)]}]
    },
    "an object of the student's": {
        "frame": [ROWS, NAME, {"objects": [[3], True, 1, 2, {"remote": ["o", 0, "x"]}]}]
    },
    "a model in a column": {"frame": [ROWS, NAME, {"keras": [{"dict": []}, []]}]},
    "another kind of column": {"frame": [ROWS, NAME, ["sparse", THREE]]},
    "categories out of range": {
        "frame": [ROWS, NAME, ["category", THREE, {"index": ROWS[:0]}, False]]
    },
    "codes out of range": {
        "series": [
            ROWS,
            ["category", THREE, {"index": ["range", 0, 0, 1, None]}, False],
            None,
        ]
    },
    "text longer than its bytes": {
        "series": [["range", 0, 2, 1, None], ["text", LENGTHS, b"ab"], None]
    },
    "no text": {
        "series": [["range", 0, 2, 1, None], ["text", LENGTHS, b"\xff\xff\xff"]]
    },
    "bytes as text": {"series": [["range", 0, 1, 1, None], ["text", THREE, b""], None]},
    "storage": {
        "series": [
            ["range", 0, 0, 1, None],
            ["string", "os", "", LENGTHS, b"abc"],
            None,
        ]
    },
    "a mask of another length": {
        "series": [ROWS, ["nullable", THREE, {"array": ["|b1", [2], b"\0\1"]}], None]
    },
    "a zone": {"series": [ROWS, ["zoned", THREE, "Europe/Berlin"], None]},
    "levels": {"index": ["multi", [THREE], [THREE], [None]]},
    "codes of a level": {
        "index": ["multi", [{"index": ["range", 0, 1, 1, None]}], [LENGTHS], [None]]
    },
    "frequency": {
        "index": ["flat", {"array": ["<M8[ns]", [3], bytes(24)]}, None, "MS"]
    },
    "frequency text": {"index": ["flat", THREE, None, "x" * 100]},
    "step of none": {"index": ["range", 0, 3, 0, None]},
    "name": {"series": [ROWS, THREE, [1]]},
    "another index": {"index": ["other", THREE]},
    "a moment of no time": {"timestamp": [5, None]},
    "a moment too far away": {
        "timestamp": [{"scalar": ["<M8[Y]", b"\xff" * 7 + b"\x7f"]}]
    },
    "a duration": {"duration": [5]},
    "a constant": {"pandas constant": "DataFrame"},
}


@pytest.mark.parametrize("tree", MALFORMED.values(), ids=MALFORMED)
def test_malformed_frames_are_refused(tree: Any) -> None:
    assert refusal(tree)


def test_the_honest_twin_of_the_malformed_ones_arrives() -> None:
    assert refusal({"frame": [ROWS, NAME, THREE]}) == ""


def test_a_frame_is_refused_where_the_lesson_does_not_use_pandas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "pandas")
    assert "does not use pandas" in refusal({"frame": [ROWS, NAME, THREE]})
