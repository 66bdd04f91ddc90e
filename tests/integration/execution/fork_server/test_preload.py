"""What a library imports at its first use is imported before the fork."""

from __future__ import annotations

import subprocess
import sys

FIRST_USE = """
import io
import sys
from grader.execution.fork_server.server import preload

preload(["sklearn.datasets"])
before = set(sys.modules)
from PIL import Image
from sklearn.datasets import load_sample_image

Image.fromarray(load_sample_image("china.jpg")).save(io.BytesIO(), format="png")
imported = set(sys.modules) - before
print(*sorted(name for name in imported if name.startswith(("PIL.", "sklearn."))))
"""


def test_the_first_picture_of_a_lesson_imports_nothing() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_USE], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []
