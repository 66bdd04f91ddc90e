"""The level of jails in which hostile code is tried: ``SANDBOX``, else ``bwrap``.

A weaker level than the strongest of this machine is tried in ``tests/as_container``.
"""

from __future__ import annotations

import os
from typing import cast

from grader.execution.jail.levels import LEVELS
from grader.execution.limits import Sandbox

SANDBOX = cast("Sandbox", os.environ.get("SANDBOX") or "bwrap")
if SANDBOX not in LEVELS:
    raise ValueError(f"SANDBOX is {SANDBOX!r}; use one of {', '.join(LEVELS)}")
