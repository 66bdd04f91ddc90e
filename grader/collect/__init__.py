"""Turn any download of submissions into a class folder: start at ``collect``.

This package can be called, because ``grader.collect`` is also a function of the API:
importing a module of the package makes Python bind the package to that name.

- ``collect``: from a download to a class folder; start here
- ``archives``: list the files in folders and nested archives, within limits
- ``archive_members``: read the members of a zip or tar one after the other
- ``unpack_limits``: how much an archive may unpack to
- ``systems``: what each LMS says in the names of its downloads, a module each
- ``owned_files``: find the owner and the time of each file
- ``owners``: find the student who submitted a file
- ``catalogue``: match a file to a notebook of the course
- ``uploads``: sort each student's files into submissions
- ``left_out``: what nobody submitted
- ``placement``: where each file belongs
- ``times``: when files were submitted
- ``git``: when a repository was last committed to
- ``versions``: which of several versions counts
- ``filing``: write submissions into the class folder
- ``staging``: write to a class folder, one process at a time
- ``unmatched``: keep files that could not be placed, with the reasons
- ``watcher``: report progress
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
