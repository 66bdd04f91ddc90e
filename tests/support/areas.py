"""A course of one short notebook with wrong answers, to be copied and edited."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.support.paths import AREAS


class Areas:
    """A course of one short notebook with its wrong answers, to be edited."""

    name = "01_areas"

    def __init__(self, root: Path) -> None:
        shutil.copytree(AREAS, root, dirs_exist_ok=True)
        self.root = root
        self.source = root / f"solutions/{self.name}.ipynb"
        self.wrong_answers = root / "solutions/wrong_answers" / self.name

    def edit(self, path: Path, identifier: str, *changes: tuple[str, str]) -> None:
        """Replace texts in the cell `identifier` of the notebook at `path`."""
        raw = json.loads(path.read_text())
        cell = next(c for c in raw["cells"] if c["id"] == identifier)
        text = "".join(cell["source"])
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        cell["source"] = text
        path.write_text(json.dumps(raw))

    def add(self, exercise: str, name: str, text: str) -> None:
        """Add a wrong answer."""
        with (self.wrong_answers / f"{exercise}.py").open("a") as file:
            file.write(f"\n# %% {name}\n{text}")
