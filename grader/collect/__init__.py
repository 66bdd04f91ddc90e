"""Turn any download of submissions into a class folder: start at ``collect``.

This package can be called, because ``grader.collect`` is also a function of the API:
importing a module of the package makes Python bind the package to that name.
"""

import sys
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """A package that can be called like :func:`grader.api.collect`."""

    def __call__(
        self,
        source: Any,
        class_folder: Any,
        course: Any,
        watcher: Any = None,
        **options: Any,
    ) -> Any:
        """Collect submissions; see :func:`grader.api.collect`."""
        from grader.collect import collect

        settings = collect.CollectSettings(**options)
        return collect.collect(source, class_folder, course, settings, watcher)


sys.modules[__name__].__class__ = _CallablePackage
