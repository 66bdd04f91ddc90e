"""The parts that explorers share: joining modules, fields, keys, numbers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cnnlab.explorers import _join
from cnnlab.explorers._fields import (
    Choice,
    Field,
    Truth,
    Whole,
    decode,
    encode,
    validated,
)
from cnnlab.explorers._join import HERE, joined
from tests.support.explorers import node

KIT = HERE / "kit" / "kit.mjs"
FIELDS: dict[str, Field] = {
    "rows": Whole(7, 1, 12),
    "mode": Choice("same", ("same", "valid")),
    "usage": Truth(False),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an explorer, beside an empty kit."""
    monkeypatch.setattr(_join, "HERE", tmp_path)
    (tmp_path / "toy").mkdir()
    (tmp_path / "kit").mkdir()
    return tmp_path


def join(folder: Path, view: str, **others: str) -> str:
    joined.cache_clear()
    (folder / "toy" / "view.mjs").write_text(view)
    for name, source in others.items():
        (folder / "toy" / f"{name}.mjs").write_text(source)
    try:
        return joined("toy")
    finally:
        joined.cache_clear()


def test_what_is_joined_still_runs_and_leaves_out_what_nothing_uses(
    folder: Path,
) -> None:
    module = join(
        folder,
        'import { twice, base } from "./sums.mjs";\n\n// A comment.\n'
        "function render() {\n  return twice(base);\n}\n\n"
        "export default { render };\n",
        sums="export const base = 21;\n\nconst two = 2;\n\n"
        "export function twice(x) {\n  return two * x;\n}\n\n"
        "export function unused() {\n  return 5;\n}\n",
    )
    assert "unused" not in module
    assert "comment" not in module
    (folder / "out.mjs").write_text(
        f"{module}\nimport own from './out.mjs';\nexport const found = own.render();\n"
    )
    assert node(folder / "out.mjs", [("found", [])]) == [42]


@pytest.mark.parametrize(
    ("view", "text"),
    [
        ("function render() {}\n", "no line 'export default { render };'"),
        (
            'import other from "./a.mjs";\nexport default { render };\n',
            "cannot be joined: import other",
        ),
        (
            "export class Render {}\nexport default { render };\n",
            "cannot be joined: export class Render",
        ),
    ],
)
def test_what_cannot_be_joined_is_named(folder: Path, view: str, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        join(folder, view)


def test_white_space_goes_from_code_and_stays_in_texts(folder: Path) -> None:
    module = join(
        folder,
        "const sign = (n) => {\n  if (n < 0) {\n    return - - n;\n  }\n"
        "  return n + +true;\n};\n\n"
        "function render() {\n"
        '  const words = ["a , b", \'c ; "d\', `e  ${sign(-2) + `{ ${ 2 } }`} = f`];\n'
        "  const { length } = words;\n"
        '  return words.concat(length, sign(3)).join("|");\n}\n\n'
        "export default { render };\n",
    )
    assert "const{length}=words;return words.concat(" in module
    (folder / "out.mjs").write_text(
        f"{module}\nimport own from './out.mjs';\nexport const found = own.render();\n"
    )
    assert node(folder / "out.mjs", [("found", [])]) == [
        'a , b|c ; "d|e  -2{ 2 } = f|3|4'
    ]


def test_a_name_that_two_modules_declare_is_named(folder: Path) -> None:
    with pytest.raises(
        ValueError, match=r"sums\.mjs and .*view\.mjs both declare base"
    ):
        join(
            folder,
            'import { twice } from "./sums.mjs";\nconst base = 2;\n'
            "function render() {\n  return twice(base);\n}\n\n"
            "export default { render };\n",
            sums="const base = 21;\n\nexport function twice(x) {\n"
            "  return 2 * x + base;\n}\n",
        )


def test_a_template_without_an_end_is_named(folder: Path) -> None:
    with pytest.raises(ValueError, match="a template has no end:  words"):
        join(
            folder,
            "function render() {\n  return ` words;\n}\n\nexport default { render };\n",
        )


def test_states_as_texts() -> None:
    state = {"rows": 5, "mode": "same", "usage": True}
    assert encode("toy", state, FIELDS) == "toy?rows=5&usage=true"
    assert decode("toy?rows=5&usage=true", "toy", FIELDS) == {"rows": 5, "usage": True}
    assert decode(" toy ", "toy", FIELDS) == {}
    assert encode("toy", validated({}, FIELDS), FIELDS) == "toy"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("toy?rows", "'rows': write NAME=VALUE, NAME one of rows, mode, usage"),
        ("toy?colour=red", "'colour=red': write NAME=VALUE, NAME one of rows"),
        ("?rows=5", "this text is for '', not for 'toy'"),
    ],
)
def test_bad_texts_are_named(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        decode(text, "toy", FIELDS)


@pytest.mark.parametrize("value", ["", "5x", "--5", "1" * 20, "0x5", "５"])
def test_what_is_no_whole_number_stays_a_text(value: str) -> None:
    with pytest.raises(ValueError, match="rows must be a whole number from 1 to 12"):
        validated(decode(f"toy?rows={value}", "toy", FIELDS), FIELDS)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("ArrowUp", [0, 1]),
        ("ArrowDown", [2, 1]),
        ("ArrowLeft", [1, 0]),
        ("ArrowRight", [1, 2]),
        ("Home", [1, 0]),
        ("End", [1, 3]),
        ("a", None),
    ],
)
def test_keys_move_within_a_grid(key: str, wanted: list[int] | None) -> None:
    assert node(KIT, [("target", [key, [1, 1], [3, 4]])]) == [wanted]


def test_numbers_are_written_as_in_lessons() -> None:
    values = [2, -3, 0.005, -0.001, 1.23456, 1e6]
    shown = node(KIT, [("show", [value]) for value in values])
    assert shown == ["2", "−3", "0.01", "0", "1.23", "1000000"]


def test_nothing_imports_anywidget_before_somebody_looks() -> None:
    code = (
        "import os, sys; os.environ['CNNLAB_FIGURES'] = 'text'\n"
        "from cnnlab import explorers\n"
        "[getattr(explorers, n)()._repr_mimebundle_() for n in explorers.__all__]\n"
        "print([m for m in sys.modules if 'widget' in m and 'cnnlab' not in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
