"""Files of wrong answers are read as they were meant, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.verify import equivalent, wrong_answers
from grader.authoring.verify.wrong_answers import WrongAnswer, astray, parse, read
from grader.errors import CourseError
from tests.support.paths import ROOT

PATH = "wrong/q.py"
LEGAL = "write '# %% NAME' or '# %% NAME [subtle]'"


def test_cells_are_read_in_order_with_their_marks() -> None:
    text = "# %% one\na = 1\n\n# %% two-2 [subtle]\n\n    b = 2\n\n\nc = 3\n\n\n"
    assert parse(text, PATH) == [
        WrongAnswer("one", "a = 1\n"),
        WrongAnswer("two-2", "    b = 2\n\n\nc = 3\n", subtle=True),
    ]


@pytest.mark.parametrize("header", ["#%% x", "# %%  x", "#  %%\tx ", "# %% x  "])
def test_headers_as_editors_write_them(header: str) -> None:
    assert parse(f"{header}\na = 1\n", PATH) == [WrongAnswer("x", "a = 1\n")]


@pytest.mark.parametrize("header", ["# %% x[subtle]", "#%% x  [subtle] "])
def test_the_mark_is_read_with_any_space_around_it(header: str) -> None:
    assert parse(f"{header}\na = 1", PATH) == [WrongAnswer("x", "a = 1\n", True)]


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_blank_file_has_none(text: str) -> None:
    assert parse(text, PATH) == []


def test_a_percent_sign_elsewhere_begins_no_cell() -> None:
    body = "%matplotlib inline\n  # %% no\nx = '# %%'\n"
    assert parse(f"# %% a\n{body}", PATH) == [WrongAnswer("a", body)]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("x = 1\n# %% a\ny = 1\n", 1, "'x = 1' is before the first cell"),
        ("\n\n# subtle\n", 3, "'# subtle' is before the first cell"),
        ("# %%\nx = 1\n", 1, "'# %%' names no wrong answer"),
        ("# %% [subtle]\nx = 1\n", 1, "'# %% [subtle]' names no wrong answer"),
        ("# %% two words\nx = 1\n", 1, "' two words' is not a usable name"),
        ("# %% a/b\nx = 1\n", 1, "' a/b' is not a usable name"),
        ("# %% -a\nx = 1\n", 1, "' -a' is not a usable name"),
        ("# %% é\nx = 1\n", 1, "' é' is not a usable name"),
        ("# %%a\nx = 1\n", 1, "'a' is not a usable name"),
        ("# %%% a\nx = 1\n", 1, "'% a' is not a usable name"),
        ("# %% a [subtle] b\nx = 1\n", 1, "' a [subtle] b' is not a usable name"),
        ("# %% a [markdown]\nx = 1\n", 1, "the mark [markdown] is unknown"),
        ("# %% a []\nx = 1\n", 1, "the mark [] is unknown"),
    ],
)
def test_what_cannot_be_used_is_refused_with_what_is_legal(
    text: str, line: int, told: str
) -> None:
    with pytest.raises(CourseError) as refused:
        parse(text, PATH)
    assert str(refused.value).startswith(f"{PATH}, line {line}: {told}")
    assert LEGAL in str(refused.value)


def test_a_name_that_is_given_twice_is_refused() -> None:
    with pytest.raises(CourseError, match=r"line 3: the name 'a' .* cell in line 1"):
        parse("# %% a\nx = 1\n# %% a [subtle]\nx = 2\n", PATH)


@pytest.mark.parametrize("text", ["# %% a\n\n# %% b\nx = 2\n", "# %% a", "# %% a\n \n"])
def test_an_empty_cell_is_refused(text: str) -> None:
    with pytest.raises(CourseError, match="line 1: the cell 'a' is empty"):
        parse(text, PATH)


def test_a_folder_is_read_by_exercise_and_says_what_is_astray(tmp_path: Path) -> None:
    (tmp_path / "q1.py").write_bytes(b"\xef\xbb\xbf# %% a\r\nx = 1\r\n")
    for name in ("q3.py", "notes.txt", ".hidden"):
        (tmp_path / name).write_text("")
    for name in ("__pycache__", ".ipynb_checkpoints", "q2.py"):
        (tmp_path / name).mkdir()
    names = ["q2", "q1"]
    assert read(tmp_path, names) == {"q2": [], "q1": [WrongAnswer("a", "x = 1\n")]}
    found = [path.name for path in astray(tmp_path, names)]
    assert found == ["notes.txt", "q2.py", "q3.py"]
    assert list(astray(tmp_path / "none", names)) == []


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q1.py").write_bytes(b"# %% a\nx = '\xff'\n")
    with pytest.raises(CourseError, match=r"q1\.py: byte 12 is not UTF-8"):
        read(tmp_path, ["q1"])


def test_the_form_in_the_docstring_is_the_one_that_is_read() -> None:
    example = wrong_answers.__doc__ or ""
    start = example.index("    # %% ")
    end = example.index("\n\nOne marked")
    lines = example[start:end].split("\n")
    text = "\n".join(line.removeprefix("    ") for line in lines)
    found = [(a.name, a.subtle) for a in parse(text, PATH)]
    assert found == [("forgets_the_stride", False), ("rounds_up", True)]


def test_all_files_of_this_course_can_be_read() -> None:
    paths = sorted((ROOT / "solutions/wrong_answers").glob("*/*.py"))
    assert len(paths) > 50
    assert all(parse(path.read_text("utf-8"), str(path)) for path in paths)


def test_the_examples_for_instructors_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs/reference/tests.md").read_text("utf-8")
    cells = text.partition("```python\n# %%")[2].partition("```")[0]
    found = [(a.name, a.subtle) for a in parse(f"# %%{cells}", PATH)]
    assert found == [("forgets_the_stride", False), ("rounds_up", True)]
    path = tmp_path / "equivalent.toml"
    path.write_text(text.partition("```toml\n")[2].partition("```")[0])
    listed = equivalent.read(path, ["03_padding_and_stride", "06_mnist_lab"])
    assert (len(listed.equivalent), len(listed.open)) == (1, 1)
