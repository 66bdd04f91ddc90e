"""The reader returns the styles as they are written, and reports mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance import notebooks, reader
from tests.conformance.reader import Style, StyleError

HEAD = "# A kind.\n\n"
STYLE = """\
# %% style doubling
# A number is
# doubled.
# points: 3
# needs: json no_such_package
# alone: it shadows a builtin
# sample: yes
# %% given
factor = 2
# %% solution
def double(x):
    return factor * x
# %% right: by addition
def double(x):
    return x + x
# %% wrong: squared
def double(x):
    return x * x
# %% given
print("between")
# %% test
assert double(2) == 4
### BEGIN HIDDEN TESTS
assert double(3) == 6
### END HIDDEN TESTS
"""
BARE = STYLE.replace("# needs: json no_such_package\n# alone: it", "# It")


def read(folder: Path, text: str) -> list[Style]:
    path = folder / "numbers.py"
    path.write_text(HEAD + text)
    return reader.read(path, "numbers")


def test_a_style_has_its_settings_cells_and_answers(tmp_path: Path) -> None:
    (style,) = read(tmp_path, STYLE)
    assert (style.kind, style.name) == ("numbers", "doubling")
    assert style.about == "A number is doubled."
    assert style.points == 3.0
    assert style.alone == "it shadows a builtin"
    assert style.sample
    assert not style.runnable
    assert [(c.graded, c.before_answer) for c in style.cells] == [
        (False, True),
        (False, False),
        (True, False),
    ]
    assert [(a.label, a.role) for a in style.answers] == [
        ("solution", "solution"),
        ("right: by addition", "right"),
        ("wrong: squared", "wrong"),
    ]
    assert style.answers[1].source == "def double(x):\n    return x + x"


def test_a_style_without_settings_is_worth_a_point(tmp_path: Path) -> None:
    text = "\n".join(li for li in BARE.splitlines() if not li.startswith("# points"))
    (style,) = read(tmp_path, text.replace("# sample: yes\n", ""))
    assert style.points == 1.0
    assert not style.sample
    assert not style.alone
    assert style.runnable


def test_styles_keep_their_order(tmp_path: Path) -> None:
    other = STYLE.replace("style doubling", "style another")
    assert [s.name for s in read(tmp_path, STYLE + other)] == ["doubling", "another"]


def test_changes_that_can_change_points_change_the_digest(tmp_path: Path) -> None:
    (style,) = read(tmp_path, STYLE)
    for old, new in [
        ("x + x", "2 * x"),
        ("== 6", "== 6.0"),
        ("points: 3", "points: 2"),
    ]:
        (changed,) = read(tmp_path, STYLE.replace(old, new))
        assert changed.digest != style.digest
    described = STYLE.replace("# sample: yes\n", "").replace("A number is", "It is")
    assert read(tmp_path, described)[0].digest == style.digest


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# %% style doubling\n", "# %% given\n", "first part"),
        ("# points: 3", "# worth: 3", "worth"),
        ("# A number is\n# doubled.\n", "", "how it tests"),
        ("# %% test\n", "# %% exam\n", "exam"),
        ("# %% solution\n", "# %% right: other\n", "one solution"),
        ("# %% wrong: squared\n", "# %% right: squared\n", "right and wrong"),
        ("# %% wrong: squared\n", "# %% right: by addition\n", "right and wrong"),
    ],
)
def test_a_mistake_in_a_style_is_reported(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(StyleError, match=said):
        read(tmp_path, STYLE.replace(old, new))


def test_a_kind_is_a_file_or_a_folder_of_files(tmp_path: Path) -> None:
    (tmp_path / "words.py").write_text(HEAD + STYLE.replace("doubling", "spelling"))
    (tmp_path / "numbers").mkdir()
    for name in ("sums", "doubling"):
        text = HEAD + STYLE.replace("style doubling", f"style {name}")
        (tmp_path / "numbers" / f"{name}.py").write_text(text)
    assert reader.kinds(tmp_path) == ("numbers", "words")
    found = reader.styles(folder=tmp_path)
    assert [(style.kind, style.name) for style in found] == [
        ("numbers", "doubling"),
        ("numbers", "sums"),
        ("words", "spelling"),
    ]


def test_two_styles_cannot_have_the_same_name(tmp_path: Path) -> None:
    for kind in ("one", "two"):
        (tmp_path / f"{kind}.py").write_text(HEAD + STYLE)
    assert len(reader.styles(["one"], tmp_path)) == 1
    with pytest.raises(StyleError, match="doubling"):
        reader.styles(folder=tmp_path)


def test_hidden_tests_and_solutions_are_not_submitted(tmp_path: Path) -> None:
    made = notebooks.sheets(read(tmp_path, STYLE))
    notebooks.write_course("numbers", made, tmp_path)
    notebooks.write_class("numbers", made, tmp_path / "submitted")
    source = tmp_path / "source/numbers/doubling.ipynb"
    assert "double(3)" in source.read_text()
    assert "return factor * x" in source.read_text()
    submitted = sorted((tmp_path / "submitted").glob("*/numbers/doubling.ipynb"))
    assert [path.parts[-3] for path in submitted] == [
        "answer-0",
        "answer-1",
        "answer-2",
    ]
    texts = [path.read_text() for path in submitted]
    assert not any("double(3)" in text for text in texts)
    assert ["x + x" in text for text in texts] == [False, True, False]


def test_only_a_style_that_must_be_alone_has_its_own_notebook(tmp_path: Path) -> None:
    (alone,) = read(tmp_path, STYLE)
    (first,) = read(tmp_path, BARE)
    (second,) = read(tmp_path, BARE.replace("style doubling", "style another"))
    made = notebooks.sheets([first, alone, second])
    assert [sheet.styles for sheet in made] == [(first, second), (alone,)]
    apart = notebooks.sheets([first, second], apart=True)
    assert [sheet.styles for sheet in apart] == [(first,), (second,)]
