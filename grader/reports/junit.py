"""JUnit XML, which build servers show: one case for each thing that was tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Case:
    """One testcase.

    Attributes
    ----------
    group, name : str
        Two parts of what was tried, such as a folder and a file in it.
    seconds : float
        How long it took.
    failures : tuple of (str, str)
        A message of one line and all there is to know, for each failure. None:
        it passed.
    note : str
        What else was noticed.
    """

    group: str
    name: str
    seconds: float
    failures: tuple[tuple[str, str], ...] = ()
    note: str = ""


def document(suite: str, cases: Iterable[Case]) -> str:
    """Return the XML document of one test suite.

    Parameters
    ----------
    suite
        The name of the test suite.
    cases
        Its test cases.

    Examples
    --------
    >>> 'tests="1" failures="0"' in document("run", [Case("lessons", "one", 0.5)])
    True
    """
    given = list(cases)
    counts = {
        "name": suite,
        "tests": str(len(given)),
        "failures": str(sum(bool(case.failures) for case in given)),
        "errors": "0",
        "skipped": "0",
        "time": _seconds(sum(case.seconds for case in given)),
    }
    root = ElementTree.Element("testsuites", counts)
    inner = ElementTree.SubElement(root, "testsuite", counts)
    for case in given:
        _add(inner, case)
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def _add(suite: ElementTree.Element, case: Case) -> None:
    about = {
        "classname": _plain(case.group),
        "name": _plain(case.name),
        "time": _seconds(case.seconds),
    }
    element = ElementTree.SubElement(suite, "testcase", about)
    if case.failures:
        # More than one failure in a case is not in every reader's schema.
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


__all__ = ["Case", "document"]
