"""Files that are no notebooks are called what they are; notebooks are not."""

from __future__ import annotations

import pytest

from grader.submissions.repair.foreign import what_it_is, what_the_text_is


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\n\n<!-- saved from url=(0042) -->\n<html>", "saved web page"),
        (b"\xef\xbb\xbf\n<!doctype HTML>", "saved web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "saved web page"),
        (b'<?xml version="1.0"?><plist>', "web page or XML file"),
        (b"version https://hawser.github.com/spec/v1\noid x", "Git LFS pointer"),
        (b"/annex/objects/SHA256E-s12--0123.ipynb\n", "git-annex pointer"),
        (b"[InternetShortcut]\nURL=https://x.example", "a link"),
        (b"{\\rtf1\\ansi hello}", "text document"),
        (b'{"cells": []}', ""),
        (b"<<<<<<< HEAD\n{}", ""),
        (b"https://x.example\n{}", ""),
        (b"<!--" * 100_000, "web page or XML file"),
        (b"From: <Saved by" * 100_000, ""),
    ],
)
def test_a_text_that_is_no_notebook_is_named(content: bytes, told: str) -> None:
    found = what_the_text_is(content)
    assert told in found
    assert bool(told) == ("submit the .ipynb file" in found)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"7z\xbc\xaf", "archive"),
        (b"bplist00\xd1", "saved web page"),
        (b"\xd0\xcf\x11\xe0", "office"),
        (b" {}", ""),
    ],
)
def test_bytes_that_are_no_notebook_are_named(content: bytes, told: str) -> None:
    assert told in what_it_is(content)
    assert bool(told) == bool(what_it_is(content))
