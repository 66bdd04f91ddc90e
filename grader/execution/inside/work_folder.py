"""Let cells import modules that lie in the folder in which they run.

As in Jupyter, these come after Python's own modules and before those that are
installed. The fork server has neither, so that nothing of a student is ever imported
outside of a jail.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

# The folder in which the process is at that time, as for IPython.
HERE = ""
_INSTALLED = ("site-packages", "dist-packages")


def make_importable() -> None:
    """Add the present folder to the places of modules, as IPython does."""
    if HERE not in sys.path:
        sys.path.insert(_place(), HERE)


def _place() -> int:
    """Return where the first folder of installed modules is, else the beginning."""
    names = (Path(path).name for path in sys.path)
    return next((at for at, name in enumerate(names) if name in _INSTALLED), 0)


def look_again() -> None:
    """Let Python look again which modules are in the present folder.

    Python lists a folder again when its time of change differs. A module that the last
    cell has written may come too soon after the last look for the time to differ.
    """
    # Student code can remove the folder, or put anything in the place of these objects.
    with contextlib.suppress(Exception):
        sys.path_importer_cache[str(Path.cwd())].invalidate_caches()  # type: ignore[union-attr]


__all__ = ["HERE", "look_again", "make_importable"]
