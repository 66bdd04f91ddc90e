"""Gradescope's *Export Submissions*: ``submission_12345678/FILE``, and a list.

The list, ``submission_metadata.yml``, says who submitted each folder. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from grader.classroom.names import slug
from grader.classroom.roster import Hint
from grader.collect.systems.dates import parse_time
from grader.collect.systems.scheme import Label, Listing, Scheme


def _labels(content: Any) -> Iterator[tuple[str, Label]]:
    """Yield the label of each folder in Gradescope's metadata.

    Its keys begin with a colon, as symbols in Ruby do; times without a zone are UTC.
    """
    if not isinstance(content, dict):
        return
    for name, about in content.items():
        if isinstance(name, str) and isinstance(about, dict):
            people = about.get(":submitters", about.get("submitters"))
            people = people if isinstance(people, list) else []
            hints = tuple(_submitter(p) for p in people if isinstance(p, dict))
            when = about.get(":created_at", about.get("created_at"))
            yield name, Label(hints, parse_time(when))


def _submitter(about: Mapping[Any, Any]) -> Hint:
    name, sid, email = (
        str(about.get(f":{key}", about.get(key)) or "")
        for key in ("name", "sid", "email")
    )
    texts = tuple(text for text in (sid, email, name) if text)
    unlisted = sid or email.partition("@")[0] or slug(name)
    return Hint(texts, "gradescope", sid or email, unlisted)


GRADESCOPE = Scheme(
    "Gradescope",
    listing=Listing(
        "submission_metadata.yml",
        re.compile(r"assignment_\d+_export.*", re.IGNORECASE),
        _labels,
    ),
)

__all__ = ["GRADESCOPE"]
