"""What a dense and a convolutional layer cost on one image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from cnnlab import figures
from cnnlab.explorers._explorer import Explorer
from cnnlab.explorers._fields import Field, Whole
from cnnlab.figures import Picture

__all__ = ["WeightsMeter"]


class WeightsMeter(Explorer):
    """Parameters, memory and work of a dense layer and of a convolution, side by side.

    The size of the image, the numbers of neurons and filters, and the kernel can be
    changed; the scale counts in powers of ten.
    """

    name = "meter"
    fields: ClassVar[Mapping[str, Field]] = {
        "rows": Whole(28, 1, 4096),
        "columns": Whole(28, 1, 4096),
        "channels": Whole(1, 1, 16),
        "neurons": Whole(100, 1, 4096),
        "filters": Whole(100, 1, 4096),
        "kernel": Whole(3, 1, 15),
    }

    def figure(self) -> Picture:
        """Return the bars as a static picture."""
        s = self.state
        return figures.weights_meter(
            (s["rows"], s["columns"], s["channels"]),
            s["neurons"],
            s["filters"],
            kernel_size=min(s["kernel"], s["rows"], s["columns"]),
        )
