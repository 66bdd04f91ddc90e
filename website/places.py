"""Where the repository is, and where the site is built."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "website"
OUTPUT = ROOT / "build" / "site"

__all__ = ["HERE", "OUTPUT", "ROOT"]
