"""An nbgrader_config.py is read for plain values, never run, never guessed."""

from __future__ import annotations

import pytest

from grader.course.nbgrader import config
from grader.course.nbgrader.config import Settings, read
from grader.errors import CourseError


def test_configuration_of_the_quickstart_course() -> None:
    found = read(
        "c = get_config()\n#####\n"
        'c.CourseDirectory.course_id = "course101"\n'
        'c.IncludeHeaderFooter.header = "source/header.ipynb"\n'
        "# c.IncludeHeaderFooter.footer = 'source/footer.ipynb'\n",
        "config",
    )
    assert found == Settings({"IncludeHeaderFooter.header": "source/header.ipynb"})
    assert found.around == ("source/header.ipynb", "")


def test_all_settings() -> None:
    found = read(
        'c.ClearSolutions.begin_solution_delimeter = "ANSWER"\n'
        'c.ClearHiddenTests.end_test_delimeter = "END HIDDEN TESTS"\n'
        'c.ClearSolutions.code_stub = {"python": "pass", "R": "fail()"}\n'
        'c.ClearSolutions.text_stub = "Write here"\n'
        'c.CourseDirectory.source_directory = "src"\n'
        'c.CourseDirectory.release_directory = "out"\n'
        "c.ExecutePreprocessor.timeout = 90\n"
        "c.InstantiateTests.use_salt = False\n",
        "config",
    )
    assert found.markers == {"ANSWER": "BEGIN SOLUTION"}
    assert (found.code_stub(), found.text_stub) == ("pass", "Write here")
    assert (found.source, found.release) == ("src", "out")
    assert found.limits == {
        "cell_seconds": 90.0,
        "call_seconds": 90.0,
        "total_seconds": 900.0,
    }
    assert found.autotest == {"use_salt": False}


def test_an_empty_configuration_gives_nbgraders_defaults() -> None:
    found = read("", "config")
    assert (found.source, found.release, found.around) == (
        "source",
        "release",
        ("", ""),
    )
    assert found.code_stub() == "# YOUR CODE HERE\nraise NotImplementedError()"
    assert (found.text_stub, found.markers) == ("YOUR ANSWER HERE", {})
    assert found.limits == {
        "cell_seconds": 30.0,
        "call_seconds": 30.0,
        "total_seconds": 300.0,
    }
    assert read('c.ClearSolutions.code_stub = "pass"', "config").code_stub() == "pass"


@pytest.mark.parametrize(
    "text",
    [
        'c.IncludeHeaderFooter.header = os.path.join("source", "header.ipynb")',
        'if True:\n    c.IncludeHeaderFooter.header = "source/header.ipynb"',
        'c.ClearSolutions.code_stub["python"] = "pass"',
        'c.ClearSolutions.text_stub += "!"',
        "c.ClearSolutions.text_stub = 3",
        "c.ClearSolutions.code_stub: dict = {}",
    ],
)
def test_computed_value_that_affects_grades_is_refused(text: str) -> None:
    with pytest.raises(CourseError, match=r"config, line \d.*read, not run; write a"):
        read(text, "config")


@pytest.mark.parametrize("none", ["None", "-1", "0"])
def test_without_a_time_for_a_cell_the_time_of_the_submission_counts(none: str) -> None:
    limits = read(f"c.Execute.timeout = {none}", "config").limits
    assert limits == {"cell_seconds": 300.0, "call_seconds": 300.0}


def test_the_message_on_a_computed_time_names_the_legal_values() -> None:
    with pytest.raises(CourseError, match="write a plain int or float or None"):
        read("c.Execute.timeout = limit()", "config")


def test_other_settings_can_be_computed() -> None:
    text = "import os\nc.Exchange.root = os.environ['ROOT']\nd.Execute.timeout = x()\n"
    assert read(text, "config") == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("c.x =", "config: not valid Python"),
        (
            'c.CourseDirectory.directory_structure = "{student_id}/{assignment_id}"',
            "directory_structure is .*only .* is supported",
        ),
    ],
)
def test_unusable_configurations(text: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        read(text, "config")


def test_every_setting_exists_in_nbgrader() -> None:
    from nbgrader import preprocessors
    from nbgrader.coursedir import CourseDirectory

    for name in config.READ:
        kind, trait = name.split(".")
        kind = {"ExecutePreprocessor": "Execute"}.get(kind, kind)
        owner = getattr(preprocessors, kind, CourseDirectory)
        assert owner.class_traits()[trait].metadata["config"], name
