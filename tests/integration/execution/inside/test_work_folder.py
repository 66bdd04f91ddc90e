"""Cells can import modules that lie in their folder, as they can in Jupyter."""

from __future__ import annotations

import pytest

from grader.execution.examiner.client import Examiner
from grader.execution.fork_server.client import ForkServer
from grader.execution.kernel.client import Kernel

WRITE = "%%writefile {name}.py\nkind = 'of the work folder'"
OWN = "assert __import__({name!r}).kind == 'of the work folder'"


def run(kernel: Kernel, *cells: str) -> str:
    """Run cells; return the error of the last one, "" if it raised none."""
    return [kernel.run(cell, 10).error for cell in cells][-1]


@pytest.mark.parametrize(
    "write",
    [
        WRITE.format(name="mine"),
        "open('mine.py', 'w').write('kind = \"of the work folder\"')",
        "__import__('os').mkdir('mine')\n"
        "open('mine/__init__.py', 'w').write('kind = \"of the work folder\"')",
    ],
    ids=["writefile", "open", "package"],
)
def test_what_a_cell_writes_can_be_imported_by_the_next(
    kernel: Kernel, write: str
) -> None:
    assert run(kernel, write, OWN.format(name="mine")) == ""


def test_a_module_that_was_missed_before_is_found_once_it_is_written(
    kernel: Kernel,
) -> None:
    # Both within one step of the clock of files, which a slow test would not meet.
    step = "import os\nos.utime('.', (1, 1))\n"
    run(kernel, "import os\nos.mkdir('below')\nos.chdir('below')")
    missed = run(kernel, step + "import late")
    assert missed == "ModuleNotFoundError: No module named 'late'"
    write = "open('late.py', 'w').write('kind = \"of the work folder\"')\n"
    assert run(kernel, write + step, OWN.format(name="late")) == ""


def test_pythons_own_modules_come_first_and_installed_ones_after(
    kernel: Kernel,
) -> None:
    names = ("colorsys", "sndhdr", "numpy")
    cells = [WRITE.format(name=name) for name in names]
    run(kernel, *cells)
    for name in names:
        assert "AttributeError" in run(kernel, OWN.format(name=name)), name
    own = [WRITE.format(name="pytest"), OWN.format(name="pytest")]
    assert run(kernel, *own) == ""


def test_the_folder_in_which_a_cell_is_counts(kernel: Kernel) -> None:
    cells = [
        "import os\nos.mkdir('below')\nos.chdir('below')",
        WRITE.format(name="deep"),
        OWN.format(name="deep"),
    ]
    assert run(kernel, *cells) == ""


def test_a_folder_that_is_gone_or_replaced_objects_stop_no_cell(
    kernel: Kernel,
) -> None:
    gone = "import os\nos.mkdir('gone')\nos.chdir('gone')\nos.rmdir('../gone')"
    assert run(kernel, gone, "1 + 1") == ""
    replaced = "import os, sys\nos.chdir('..')\nsys.path_importer_cache = 5"
    assert run(kernel, replaced, "1 + 1") == ""


def test_tests_never_import_from_the_folder_they_run_in(
    fork_server: ForkServer, nothing_left: None
) -> None:
    with Examiner(fork_server, set(), {}, set(), 2) as examiner:
        source = "import sys\nassert '' not in sys.path and '.' not in sys.path"
        assert examiner.test("t", source, 1, 5).ended == "passed"


def test_tests_have_the_environment_of_the_kernel(
    fork_server: ForkServer, nothing_left: None
) -> None:
    source = "import os\nassert os.environ['NBGRADER_EXECUTION'] == 'autograde'"
    given = {"NBGRADER_EXECUTION": "autograde"}
    with Examiner(fork_server, set(), {}, set(), 2, given) as examiner:
        assert examiner.test("t", source, 1, 5).ended == "passed"
    with Examiner(fork_server, set(), {}, set(), 2) as examiner:
        assert examiner.test("t", source, 1, 5).ended == "error"


def test_tests_may_write_files_into_a_folder_of_their_own(
    fork_server: ForkServer, nothing_left: None
) -> None:
    write = "from pathlib import Path\nPath('table.csv').write_text('a,b')"
    there = "from pathlib import Path\nassert Path('table.csv').read_text() == 'a,b'"
    with Examiner(fork_server, set(), {}, set(), 2) as examiner:
        assert examiner.test("t", write, 1, 5).ended == "passed"
        assert examiner.test("t", there, 1, 5).ended == "passed"
        assert list(fork_server.folder.glob("tests-*/table.csv"))
        with Examiner(fork_server, set(), {}, set(), 2) as another:
            assert another.test("t", there, 1, 5).ended == "error"
        examiner.forget()
        assert examiner.test("t", there, 1, 5).ended == "error"
    assert not list(fork_server.folder.glob("tests-*"))
