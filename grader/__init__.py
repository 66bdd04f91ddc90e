"""A Jupyter autograder for hostile code and mangled notebooks."""

import sys

__version__ = "0.1.0"

# jsonschema, which nbformat imports, would build a grammar of web addresses, which
# takes three seconds in each process. None says that there is no such module.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
