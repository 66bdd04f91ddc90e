"""Notebooks are run side by side, and what comes of them is told and kept."""

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

import nbformat
import pytest
from bs4 import BeautifulSoup
from papermill.cli import _resolve_type
from rich.console import Console

from grader.authoring.run import figures, html, plan, run
from grader.authoring.run.outcome import Job, Outcome, Stop
from grader.cli.screens.run import Live
from grader.course.course import Course
from grader.errors import CourseError, UsageError
from grader.reports import junit
from tests.support.paths import GRADER

SVG = '<svg viewBox="0 0 4 4" aria-label="{alt}"><rect width="4" height="4"/></svg>'
SHOW = "from IPython.display import HTML, display\n"
IMG = "<img alt='a red dot' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
ANSWER = {"grade": False, "solution": True, "locked": False, "grade_id": "double"}
TEST = ANSWER | {
    "grade": True,
    "solution": False,
    "locked": True,
    "grade_id": "double-test",
    "points": 1,
}

# Notebook → its code cells by id; all begin with a text and the parameters.
SOLUTIONS = {
    "good": {
        "size-type": "print(type(size).__name__, size, word)",
        "drawn": SHOW + f"display(HTML({SVG.format(alt='a square')!r}))",
        "dot": f"HTML({IMG!r})",
        "grow": "block = bytearray(120_000_000)",
    },
    "fails": {"divide": "1 / 0", "after": "print('not reached')"},
    "mute": {"mute": SHOW + f"display(HTML({SVG.format(alt='')!r}))"},
    "dies": {"before": "print('here')", "end": "import os\nos._exit(1)"},
    "bare": {"words": "print('no parameters')"},
}
COPIES = {
    "fine": {
        "double": "def double(x):\n    ...  # TODO: your answer here",
        "double-test": "assert double(2) == 4",
        "use": "double(2) + 1",
    },
    "faulty": {
        "double": "def double(x):\n    ...  # TODO: your answer here",
        "double-test": "assert double(2) == 4",
        "typo": "pritn(double(2))",
        "elsewhere": "import nowhere_at_all",
    },
}


def notebook(cells: dict[str, str], *, parameters: bool = True) -> str:
    """A notebook as JSON text; a cell called double is an answer."""
    made = nbformat.v4.new_notebook()
    made.metadata["grader"] = {"folder": "lessons"}
    text = "# A title\n\nwith $a^2$ and ![words](https://nowhere.invalid/a.png)"
    made.cells.append(nbformat.v4.new_markdown_cell(text, id="title"))
    if parameters:
        profiles = {"smoke": {"size": 2}, "big": {"size": 1000}}
        made.metadata["grader"]["profiles"] = profiles
        given = nbformat.v4.new_code_cell("size = 10\nword = 'ten'", id="parameters")
        given.metadata["tags"] = ["parameters"]
        made.cells.append(given)
    for name, source in cells.items():
        cell = nbformat.v4.new_code_cell(source, id=name)
        about = {"double": ANSWER, "double-test": TEST}.get(name)
        if about:
            about = about | {"schema_version": 3, "task": False}
            cell.metadata["nbgrader"] = nbformat.from_dict(about)
        made.cells.append(cell)
    return str(nbformat.writes(made))


def make_course(root: Path, folder: str, notebooks: dict[str, dict[str, str]]) -> Path:
    (root / folder).mkdir(parents=True)
    for name, cells in notebooks.items():
        text = notebook(cells, parameters=name != "bare")
        (root / folder / f"{name}.ipynb").write_text(text)
    return root


def grader(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GRADER, *arguments], capture_output=True, text=True, check=False
    )


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


def test_a_copy_may_stop_at_an_unanswered_cell(students: dict[str, Any]) -> None:
    row = students["fine"]
    assert row["passed"]
    assert row["path"] == "lessons/fine.ipynb"
    assert row["parameters"] == {"size": 2}
    assert {stop["cell"]: stop["excuse"] for stop in row["stops"]} == {
        "double-test": "tests an answer",
        "use": "uses double, not answered yet",
    }
    said = "lessons/fine.ipynb, cell 5 (use): TypeError"
    assert said in students["done"].stdout


def test_a_copy_may_stop_nowhere_else(students: dict[str, Any]) -> None:
    stops = {stop["cell"]: stop["excuse"] for stop in students["faulty"]["stops"]}
    assert stops["elsewhere"] == ""
    assert students["done"].returncode == 1
    said = "lessons/faulty.ipynb, cell 6 (elsewhere): ModuleNotFoundError"
    assert said in students["done"].stdout


# What is refused --------------------------------------------------------------
@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(make_course(tmp_path, "solutions", SOLUTIONS))


def test_an_unknown_parameter_is_refused(course: Course) -> None:
    wish = plan.Wish(["good", "bare"], {"size": "1", "sise": "2"})
    with pytest.raises(UsageError, match="no parameter 'sise'") as refused:
        plan.plan(course, wish)
    assert "good: size, word; bare: none" in str(refused.value)


def test_an_unknown_profile_is_refused(course: Course) -> None:
    with pytest.raises(UsageError, match="no profile 'tiny'; there are") as refused:
        plan.plan(course, plan.Wish(profile="tiny"))
    assert str(refused.value).endswith("smoke, full, big")


def test_a_notebook_without_the_profile_keeps_its_defaults(course: Course) -> None:
    jobs = plan.plan(course, plan.Wish(["good", "bare"], profile="big"))
    assert [job.parameters for job in jobs] == [{"size": 1000}, {}]
    jobs = plan.plan(course, plan.Wish(["good"], {"size": "4"}, "big"))
    assert jobs[0].parameters == {"size": 4}
    assert plan.plan(course, plan.Wish(["good"]))[0].parameters == {}
    full = plan.plan(course, plan.Wish(["bare"], profile="full"))
    assert full[0].parameters == {}


def test_a_profile_of_unknown_parameters_is_refused(course: Course) -> None:
    path = course.source_path("good")
    path.write_text(path.read_text().replace('"size": 2', '"sise": 2'))
    with pytest.raises(CourseError, match=r"profiles\.smoke: sise is in no cell"):
        plan.plan(course, plan.Wish(["good"], profile="smoke"))


def test_a_copy_that_was_not_made_is_refused(course: Course) -> None:
    with pytest.raises(CourseError, match="grader release"):
        plan.plan(course, plan.Wish(["good"], students=True))


def test_refusals_end_with_status_2(course: Course) -> None:
    asked = ("run", "--course", course.root, "good")
    assert grader(*asked, "-p", "sise", "2").returncode == 2
    alone = grader(*asked, "-p", "size")
    assert (alone.returncode, "NAME VALUE" in alone.stderr) == (2, True)


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


def test_the_cpu_runtime_hides_gpus() -> None:
    assert plan.environment("cpu")["CUDA_VISIBLE_DEVICES"] == "-1"
    assert "CUDA_VISIBLE_DEVICES" not in plan.environment(None)


@pytest.mark.parametrize(
    "word", ["True", "true", "None", "7", "-7", "1e3", "nan", "1_000", "", "x y", "[1]"]
)
def test_values_are_typed_as_papermill_types_them(word: str) -> None:
    ours, theirs = plan.typed(word), _resolve_type(word)
    assert (type(ours), repr(ours)) == (type(theirs), repr(theirs))


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
    assert "left:" in said
    assert "solutions/one.ipynb, cell 3 (divide): ZeroDivisionError: no" in said


# Pictures ---------------------------------------------------------------------
def shown(
    data: dict[str, Any], about: dict[str, Any] | None = None
) -> list[figures.Picture]:
    output = {"output_type": "display_data", "data": data, "metadata": about or {}}
    return list(figures.pictures([{"id": "c", "metadata": {}, "outputs": [output]}]))


def test_a_png_carries_its_words_in_the_metadata() -> None:
    png = {"image/png": "iVBORw0KGgo=\n", "text/plain": "<Figure>"}
    (spoken,) = shown(png, {"image/png": {"alt": "a line"}})
    assert (spoken.alt, spoken.content[:4]) == ("a line", b"\x89PNG")
    (mute,) = shown(png)
    assert [stop.error for stop in figures.faults([mute])] == [
        "a picture without alt text: say in words what it shows"
    ]


def test_one_picture_in_two_forms_is_one_picture() -> None:
    both = {"text/html": [IMG], "image/png": "iVBORw0KGgo="}
    assert [picture.suffix for picture in shown(both)] == ["gif"]


def test_an_address_may_hold_its_picture_as_text() -> None:
    (drawn,) = shown({"text/html": '<img alt="x" src="data:image/svg+xml,%3Csvg/>">'})
    assert (drawn.suffix, drawn.content) == ("svg", b"<svg/>")


def test_a_drawing_speaks_by_its_title() -> None:
    drawing = "<svg><title>a hill</title><svg/></svg>"
    assert [p.alt for p in shown({"image/svg+xml": drawing})] == ["a hill"]
    assert [p.alt for p in shown({"text/html": f"<p>{drawing}"})] == ["a hill"]
    hidden = '<svg aria-hidden="true"></svg>'
    assert shown({"text/html": hidden}) == []


def test_a_picture_from_elsewhere_is_a_fault() -> None:
    (far,) = shown({"text/html": "<img alt='x' src='https://a.invalid/b.png'>"})
    (stop,) = figures.faults([far])
    assert "https://a.invalid/b.png" in stop.error
