"""Turn any download of submissions into a class folder: start at ``collect``.

The package can be called: ``grader.collect(...)`` is a function of the API, and as
soon as a module of this package is imported, Python binds the package to that name.
"""

import sys
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """A package that does what ``grader.api.collect`` does when it is called."""

    def __call__(
        self,
        source: Any,
        class_folder: Any,
        course: Any,
        watcher: Any = None,
        **how: Any,
    ) -> Any:
        """Collect submissions; see :func:`grader.api.collect`."""
        from grader.collect import collect

        options = collect.Options(**how)
        return collect.collect(source, class_folder, course, options, watcher)


sys.modules[__name__].__class__ = _CallablePackage
