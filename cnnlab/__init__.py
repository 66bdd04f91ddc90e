"""What the course notebooks import: data, figures, plain NumPy arithmetic."""

from cnnlab.selfcheck import check

__version__ = "0.1.0"

__all__ = ["__version__", "check"]
