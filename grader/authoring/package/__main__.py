"""Grade one submission, in an unpacked package of ``grader package``.

    python -m grader.authoring.package PACKAGE SUBMISSION RESULTS

PACKAGE is the folder of the package, SUBMISSION the folder with the student's files,
and RESULTS the results file to write. If both are ``-``, an archive with the files is
read from standard input, the results are written to standard output, and everything
else to standard error.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

from grader.authoring.package.on_site import grade_folder, grade_stream
from grader.files import replace_file


def main(package: str, submission: str, results: str) -> None:
    """Grade one submission; see the docstring of the module."""
    if submission == results == "-":
        with redirect_stdout(sys.stderr):
            content = grade_stream(Path(package), sys.stdin.buffer)
        print(json.dumps(content))
        return
    content = grade_folder(Path(package), Path(submission))
    replace_file(Path(results), json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
