"""Broken links and files from other hosts are found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from website.links import faults

GOOD = """<h1 id="top">T</h1><a href="#top">x</a><a href="sub/b.html#there">x</a>
<a href="b%20c.txt">x</a><a href="https://example.org/x">x</a><a href="sub/">x</a>
<a href="sub/b.html#there?rows=5">x</a><img src="data:image/png;base64,AA">
<link rel="canonical" href="https://example.org/">"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(GOOD)
    (tmp_path / "b c.txt").write_text("")
    (tmp_path / "sub/b.html").write_text('<p id="there"><a href="../index.html">x</a>')
    (tmp_path / "sub/index.html").write_text("")
    return tmp_path


def test_a_good_site_has_no_faults(site: Path) -> None:
    assert list(faults(site)) == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="none.html">x</a>', "no such file"),
        ('<a href="sub/b.html#elsewhere">x</a>', "has nothing named 'elsewhere'"),
        ('<a href="#elsewhere">x</a>', "has nothing named 'elsewhere'"),
        ('<a href="../../etc/hostname">x</a>', ""),
        ('<script src="https://cdn.example.org/x.js"></script>', "from another host"),
        ('<link rel="stylesheet" href="//fonts.example.org/x">', "from another host"),
        ('<img src="picture.png">', "no such file"),
    ],
)
def test_each_fault_is_found(site: Path, html: str, said: str) -> None:
    (site / "bad.html").write_text(html)
    (only,) = faults(site)
    assert only.startswith("bad.html: ")
    assert said in only


def test_a_style_that_loads_a_font_is_found(site: Path) -> None:
    (site / "x.css").write_text("@font-face { src: url('https://example.org/a.woff') }")
    (only,) = faults(site)
    assert only == "x.css: loads 'https://example.org/a.woff' from another host"
