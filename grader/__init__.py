"""A Jupyter autograder for hostile code and mangled notebooks."""

__version__ = "0.1.0"
