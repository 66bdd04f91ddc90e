"""Notebooks are run side by side; results, pages and failures are written."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from rich.console import Console

from grader.authoring.run import html, run
from grader.authoring.run.outcome import Job, Outcome, Stop
from grader.cli.screens.run import Live
from grader.course.course import Course
from grader.reports import junit
from tests.support.paths import GRADER, MINI
from tests.support.running import COPIES, SOLUTIONS, grader, make_course, notebook


# A run of good and bad notebooks ----------------------------------------------
class Ran:
    """What a run of all SOLUTIONS left."""

    def __init__(self, root: Path) -> None:
        course = make_course(root / "course", "solutions", SOLUTIONS)
        self.output = root / "out"
        self.done = grader(
            *("run", "--course", course, "--output", self.output),
            *("-p", "size", "3.5", "-p", "word", "a b", "--workers", "2"),
            *("--runtime", "cpu", "--json", root / "report.json"),
        )
        report = json.loads((root / "report.json").read_text())
        self.rows = {row["name"]: row for row in report["notebooks"]}

    def cell(self, name: str, cell: str) -> dict[str, Any]:
        text = (self.output / f"{name}.ipynb").read_text()
        return next(c for c in json.loads(text)["cells"] if c["id"] == cell)

    def index(self) -> BeautifulSoup:
        return BeautifulSoup((self.output / "index.html").read_text(), "html.parser")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return Ran(tmp_path_factory.mktemp("ran"))


def test_one_failure_stops_no_other_notebook(ran: Ran) -> None:
    assert ran.done.returncode == 1, ran.done.stderr
    passed = {name for name, row in ran.rows.items() if row["passed"]}
    assert passed == {"good", "bare"}
    assert set(ran.rows) == set(SOLUTIONS)


@pytest.mark.nightly
def test_a_failing_cell_is_named(ran: Ran) -> None:
    said = "solutions/fails.ipynb, cell 3 (divide): ZeroDivisionError: division by zero"
    assert said in ran.done.stdout
    assert not ran.cell("fails", "after")["outputs"]


def test_a_kernel_that_dies_is_a_failure_of_its_cell(ran: Ran) -> None:
    (stop,) = ran.rows["dies"]["stops"]
    assert (stop["number"], stop["cell"]) == (4, "end")
    assert "DeadKernelError" in stop["error"]
    assert ran.cell("dies", "before")["outputs"][0]["text"] == ["here\n"]


def test_a_figure_without_alt_text_is_a_failure(ran: Ran) -> None:
    (stop,) = ran.rows["mute"]["stops"]
    assert stop["cell"] == "mute"
    assert "alt text" in stop["error"]


def test_parameters_are_typed_and_go_where_they_are_known(ran: Ran) -> None:
    assert ran.cell("good", "size-type")["outputs"][0]["text"] == ["float 3.5 a b\n"]
    assert ran.rows["good"]["parameters"] == {"size": 3.5, "word": "a b"}
    assert ran.rows["bare"]["parameters"] == {}


def test_times_and_memory_are_measured(ran: Ran) -> None:
    assert all(row["seconds"] > 0 for row in ran.rows.values())
    grown = ran.rows["good"]["peak_mb"] - ran.rows["bare"]["peak_mb"]
    assert 60 < grown < 400
    assert "peak MiB" in ran.done.stdout


def test_what_kernels_print_stays_off_the_screen(ran: Ran) -> None:
    assert ran.done.stderr == ""


def test_the_index_shows_every_figure_with_its_alt_text(ran: Ran) -> None:
    images = ran.index().find_all("img")
    assert {image["alt"] for image in images} == {"a square", "a red dot", ""}
    assert all((ran.output / str(image["src"])).stat().st_size for image in images)
    square = next(ran.output.glob("figures/good/*-drawn.svg")).read_text()
    assert ElementTree.fromstring(square).get("viewBox") == "0 0 4 4"


def test_the_index_leads_to_each_notebook(ran: Ran) -> None:
    paths = [str(link["href"]) for link in ran.index().find_all("a")]
    files = {path.partition("#")[0] for path in paths} - {""}
    assert {f"{name}.html" for name in SOLUTIONS} <= files
    assert all((ran.output / file).is_file() for file in files)
    page = BeautifulSoup((ran.output / "fails.html").read_text(), "html.parser")
    anchor = next(p for p in paths if p.startswith("fails.html#")).partition("#")[2]
    assert page.find(id=anchor)


@pytest.mark.parametrize("name", ["index", *SOLUTIONS])
def test_pages_load_nothing_from_elsewhere(ran: Ran, name: str) -> None:
    page = BeautifulSoup((ran.output / f"{name}.html").read_text(), "html.parser")
    assert not page.find_all(["script", "iframe", "link"])
    sources = [str(tag["src"]) for tag in page.find_all(src=True)]
    assert [s for s in sources if not s.startswith(("data:", "figures/"))] == []
    assert not re.findall(r"url\([\"']?(?!data:)|@import", str(page.find_all("style")))


def test_formulas_are_mathml(ran: Ran) -> None:
    page = BeautifulSoup((ran.output / "bare.html").read_text(), "html.parser")
    assert page.find("math")
    assert html.formula(r"\frac", "inline") == r"<code>\frac</code>"


@pytest.mark.parametrize("name", ["aligned", "gathered"])
def test_lines_of_a_formula_are_rows(name: str) -> None:
    drawn = html.formula(rf"\begin{{{name}}} a &= 2 \\ b &= 3 \end{{{name}}}", "block")
    rows = BeautifulSoup(drawn, "html.parser").find_all("mtr")
    assert [row.get_text() for row in rows] == ["a=2", "b=3"]


def test_a_formula_that_the_converter_does_not_know_is_latex() -> None:
    latex = r"\begin{alignat}{2} a &= 2 \end{alignat}"
    assert html.formula(latex, "block").startswith("<code>")


# Attributes and children that readers of JUnit XML agree on.
_COUNTS = {"name", "tests", "failures", "errors", "skipped", "time"}
SCHEMA = {
    "testsuites": (_COUNTS, {"testsuite"}),
    "testsuite": (_COUNTS, {"testcase"}),
    "testcase": ({"name", "classname", "time"}, {"failure", "system-out"}),
    "failure": ({"message", "type"}, set()),
    "system-out": (set(), set()),
}


def validate(element: ElementTree.Element) -> None:
    attributes, children = SCHEMA[element.tag]
    assert set(element.attrib) == attributes
    assert {child.tag for child in element} <= children
    assert float(element.get("time", "0")) >= 0
    for child in element:
        validate(child)


def test_junit_has_a_case_a_notebook(ran: Ran) -> None:
    root = ElementTree.parse(ran.output / "junit.xml").getroot()
    validate(root)
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == set(SOLUTIONS)
    assert {case.get("classname") for case in cases.values()} == {"solutions"}
    assert root[0].get("tests") == "5"
    assert root[0].get("failures") == str(len(list(root.iter("failure")))) == "3"
    failure = cases["fails"].find("failure")
    assert failure is not None
    said = "cell 3 (divide): ZeroDivisionError: division by zero"
    assert failure.get("message") == said
    assert "----> 1 1 / 0" in (failure.text or "")


def test_junit_takes_any_text() -> None:
    odd = junit.JUnitCase("a<b", 'x"&\x00', 1, (("\x1b[31m", "\ud800]]>"),), "\x0b")
    root = ElementTree.fromstring(junit.document("odd", [odd]))
    validate(root)
    assert root[0][0].get("classname") == "a<b"


# Student copies ---------------------------------------------------------------
@pytest.fixture(scope="module")
def students(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("students")
    solved = {
        name: cells | {"double": "def double(x):\n    return 2 * x"}
        for name, cells in COPIES.items()
    }
    make_course(make_course(root, "solutions", solved), "lessons", COPIES)
    done = grader(
        *("run", "--students", "--course", root, "--output", root / "out"),
        *("--profile", "smoke", "--json", root / "report.json"),
    )
    report = json.loads((root / "report.json").read_text())
    return {row["name"]: row for row in report["notebooks"]} | {"done": done}


def test_the_tests_of_a_copy_may_find_no_answer(students: dict[str, Any]) -> None:
    row = students["fine"]
    assert row["passed"]
    assert row["path"] == "lessons/fine.ipynb"
    assert row["parameters"] == {"size": 2}
    (stop,) = row["stops"]
    assert (stop["cell"], stop["excuse"]) == ("double-test", "not answered yet")
    assert stop["error"] == "NotAnswered: Exercise 1: not answered yet"
    words = " ".join(students["done"].stdout.split())
    assert "1 of 1 answers blank; every other cell ran" in words


def test_a_copy_may_stop_nowhere_else(students: dict[str, Any]) -> None:
    row = students["faulty"]
    assert not row["passed"]
    assert {stop["cell"]: stop["excuse"] for stop in row["stops"]} == {
        "double-test": "",
        "typo": "",
        "elsewhere": "",
    }
    assert students["done"].returncode == 1
    said = "lessons/faulty.ipynb, cell 6 (elsewhere): ModuleNotFoundError"
    assert said in students["done"].stdout
    assert "0 of 1 answers blank" in " ".join(students["done"].stdout.split())


# What is refused --------------------------------------------------------------
@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(make_course(tmp_path, "solutions", SOLUTIONS))


def test_refusals_end_with_status_2(course: Course) -> None:
    asked = ("run", "--course", course.root, "good")
    assert grader(*asked, "-p", "sise", "2").returncode == 2
    alone = grader(*asked, "-p", "size")
    assert (alone.returncode, "parameter and a value" in alone.stderr) == (2, True)


@pytest.mark.nightly
def test_a_gpu_is_refused_where_tensorflow_sees_none(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    output = course.root / "out"
    asked = ("--runtime", "gpu", "--output", output)
    refused = grader("run", "--course", course.root, *asked)
    assert refused.returncode == 2
    assert "TensorFlow sees no GPU" in refused.stderr
    assert not output.exists()


# Ctrl-C -----------------------------------------------------------------------
def test_ctrl_c_ends_kernels_and_says_so(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    wait = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(mark)!r}).write_text(f'{{os.getpid()}} ')\n"
        "time.sleep(300)"
    )
    course = make_course(tmp_path / "course", "solutions", {"long": {"wait": wait}})
    asked: list[str | Path] = [
        GRADER,
        "run",
        "--course",
        course,
        "--output",
        tmp_path / "out",
    ]
    process = subprocess.Popen(
        asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # Who starts tests in the background may have made it deaf.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    with process:
        wait_until(lambda: mark.is_file() and mark.read_text().endswith(" "))
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[1:] == ["grader: stopped."]
    kernel = Path("/proc") / mark.read_text().strip()
    wait_until(lambda: not kernel.exists())


def wait_until(true: Any) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


# In what order, and what is seen of it ----------------------------------------
def outcome(name: str, *stops: Stop) -> Outcome:
    return Outcome(name, f"solutions/{name}.ipynb", {}, 2.0, 100.0, 3, stops)


def test_the_longest_go_first() -> None:
    jobs = [Job(name, name, "{}") for name in "abcd"]
    ordered = run.longest_first(jobs, {"a": 1.0, "b": 3.0, "d": 2.0})
    assert [job.name for job in ordered] == ["c", "b", "d", "a"]


def test_the_screen_says_which_cell_runs_where() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=140)
    jobs = [Job(n, n, notebook({"divide": "1"})) for n in ("one", "two")]
    with Live(console) as live:
        live.starting(jobs, 2)
        live.reached("one", 0, "starting the kernel")
        live.reached("two", 3, "divide")
        live.finished(outcome("one", Stop(3, "divide", "ZeroDivisionError: no")))
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "cell 3 of 3: divide" in said
    assert "1 of 2 done" in said
    assert "solutions/one.ipynb, cell 3 (divide): ZeroDivisionError: no" in said


def test_nothing_is_imported_from_the_present_folder(tmp_path: Path) -> None:
    """It may be a student's, with modules named like Python's own."""
    place, mark = tmp_path / "submitted", tmp_path / "mark"
    place.mkdir()
    for name in ("pickle", "random", "signal", "socket"):
        text = f"open({str(mark)!r}, 'w')\nraise SystemExit"
        (place / f"{name}.py").write_text(text)
    done = subprocess.run(
        [GRADER, "run", "--course", MINI, "--output", tmp_path / "out"],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, mark.exists()) == (0, False), done.stdout
