"""Write JUnit XML, which build servers show: one test case for each check."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

# Characters that XML 1.0 forbids, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class JUnitCase:
    """One test case.

    Attributes
    ----------
    group, name : str
        The two parts of its name, such as a folder and a file in it.
    seconds : float
        How long it took.
    failures : tuple of (str, str)
        For each failure a message of one line and the full text; empty if it passed.
    note : str
        Other output of the test case.
    """

    group: str
    name: str
    seconds: float
    failures: tuple[tuple[str, str], ...] = ()
    note: str = ""


def document(suite: str, cases: Iterable[JUnitCase]) -> str:
    """Return the XML document of one test suite.

    Parameters
    ----------
    suite
        The name of the test suite.
    cases
        Its test cases.

    Examples
    --------
    >>> 'tests="1" failures="0"' in document("run", [JUnitCase("lessons", "one", 0.5)])
    True
    """
    all_cases = list(cases)
    counts = {
        "name": suite,
        "tests": str(len(all_cases)),
        "failures": str(sum(bool(case.failures) for case in all_cases)),
        "errors": "0",
        "skipped": "0",
        "time": _seconds(sum(case.seconds for case in all_cases)),
    }
    root = ElementTree.Element("testsuites", counts)
    inner = ElementTree.SubElement(root, "testsuite", counts)
    for case in all_cases:
        _add(inner, case)
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def _add(suite: ElementTree.Element, case: JUnitCase) -> None:
    about = {
        "classname": _plain(case.group),
        "name": _plain(case.name),
        "time": _seconds(case.seconds),
    }
    element = ElementTree.SubElement(suite, "testcase", about)
    if case.failures:
        # Some readers accept only one failure in a test case.
        messages, texts = zip(*case.failures, strict=True)
        failure = {"message": _plain("; ".join(messages)), "type": "failure"}
        whole = _plain("\n\n".join(texts))
        ElementTree.SubElement(element, "failure", failure).text = whole
    if case.note:
        ElementTree.SubElement(element, "system-out").text = _plain(case.note)


def _plain(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _seconds(value: float) -> str:
    return f"{value:.3f}"


__all__ = ["JUnitCase", "document"]
