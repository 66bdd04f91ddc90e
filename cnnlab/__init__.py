"""The course's package: data, figures and NumPy arithmetic for the notebooks."""

from cnnlab.selfcheck import check

__version__ = "0.1.0"

__all__ = ["__version__", "check"]
