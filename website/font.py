"""The font of formulas: browsers stretch brackets and sums with it.

MathML needs a font that knows mathematics, and few phones have one. STIX Two Math is
under the SIL Open Font License. It comes from the package ziamath, and is reduced to
the characters that formulas use.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

FILE = "math.woff"
_SIGNS = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # such as × and ·
    (0x2C6, 0x2DC),  # accents
    (0x300, 0x338),  # combining accents
    (0x391, 0x3F5),  # Greek
    (0x2010, 0x2057),  # dashes, dots, primes
    (0x20D0, 0x20D7),  # combining arrows
    (0x2190, 0x21D5),  # arrows
    (0x2200, 0x22FF),  # operators
    (0x2308, 0x230B),  # brackets for rounding
    (0x23DC, 0x23E1),  # braces above and below
    (0x2A7D, 0x2A7E),  # at most, at least
    (0x27E8, 0x27EB),  # angle brackets
    (0x1D400, 0x1D503),  # bold and italic letters, script
    (0x1D6A8, 0x1D755),  # bold and italic Greek letters
    (0x1D7CE, 0x1D7D7),  # bold digits
)


@cache
def font() -> bytes:
    """Return the font as a WOFF file."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    source = files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"
    face = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    options = subset.Options(
        name_IDs=["*"], layout_features=["ccmp", "dtls", "flac", "ssty"]
    )
    cut = subset.Subsetter(options)
    signs = [code for first, last in _SIGNS for code in range(first, last + 1)]
    cut.populate(unicodes=signs)
    cut.subset(face)
    out = io.BytesIO()
    face.flavor = "woff"
    face.save(out)
    return out.getvalue()


__all__ = ["FILE", "font"]
