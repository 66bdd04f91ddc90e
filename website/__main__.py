"""``python -m website``: make the web site, and fail if a link is broken."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from website import links, sources
from website.places import HERE, OUTPUT
from website.runs import RunFailedError, runs

_ABOUT = "Make the web site. The exit status is 1 if a link is broken."


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the site; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m website", description=_ABOUT)
    parser.add_argument(
        "lessons", nargs="*", help="names of lessons, for a site with only these"
    )
    parser.add_argument(
        "--output", type=Path, default=OUTPUT, help="folder (default: build/site)"
    )
    parser.add_argument(
        "--runs", type=Path, help="folder with kept runs (default: OUTPUT/runs)"
    )
    given = parser.parse_args(arguments)
    output: Path = given.output
    begun = time.monotonic()
    try:
        planned = sources.plan(given.lessons)
        ran, new = runs(sources.requests(planned), given.runs or output / "runs")
    except (RunFailedError, ValueError) as error:
        print(f"website: {error}", file=sys.stderr)
        return 1
    print(f"{len(ran)} runs of notebooks, {new} of them new: {_since(begun)}")
    sources.write(planned, ran, output / "source")
    if _sphinx(output):
        return 1
    found = list(links.faults(output / "html"))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{output / 'html' / 'index.html'}: {len(found)} faults, {_since(begun)}")
    return 1 if found else 0


def _sphinx(output: Path) -> int:
    """Run Sphinx; return its exit status, in which any warning is a failure."""
    command = [sys.executable, "-m", "sphinx", "--builder", "html"]
    command += ["--conf-dir", str(HERE), "--doctree-dir", str(output / "doctrees")]
    command += ["--fail-on-warning", "--quiet", "--jobs", "auto"]
    source = output / "source"
    command += ["--define", f"html_extra_path={source / 'extra'}"]
    # A list of folders, with a comma between them.
    command += ["--define", f"html_static_path={HERE / 'static'},{source / 'static'}"]
    command += [str(source / "pages"), str(output / "html")]
    return subprocess.run(command, check=False).returncode


def _since(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
