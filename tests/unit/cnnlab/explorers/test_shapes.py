"""The static picture of the shape explorer."""

from __future__ import annotations

from typing import Any

from cnnlab import figures
from cnnlab.explorers import Shapes

SIZES: dict[str, Any] = {"rows": 5, "columns": 6, "kernelRows": 3, "kernelColumns": 3}


def test_counts_are_shown_where_they_are_asked_for() -> None:
    state = SIZES | {"strideRows": 1, "strideColumns": 1, "padding": "torch"}
    counted = Shapes(usage=True, **state).figure()
    assert counted.alt == figures.pixel_usage((5, 6), (3, 3), padding=1).alt
    placed = Shapes(**state).figure()
    assert placed.alt == figures.window_places((5, 6), (3, 3), padding=1).alt
