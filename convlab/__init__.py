"""What the course notebooks import: data, figures, plain NumPy arithmetic."""

__version__ = "0.1.0"
