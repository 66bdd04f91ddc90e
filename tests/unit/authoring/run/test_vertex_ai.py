"""A notebook becomes a custom job of Vertex AI on paper; nothing is ever started."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import papermill.cli
import pytest
import yaml
from click.testing import CliRunner

from grader.authoring.run import vertex_ai
from grader.authoring.run.outcome import Job
from grader.authoring.run.vertex_ai import CLOUD, Place
from grader.errors import UsageError
from tests.support.paths import GRADER

JOB = Job("lab", "solutions/lab.ipynb", "{}", {"EPOCHS": 5, "WORD": "5"})
PLACE = Place("REGION-docker.pkg.dev/mine/cnnlab/course:1", "europe-west4", "results")


def notebook() -> str:
    made = nbformat.v4.new_notebook()
    made.metadata["grader"] = {"folder": "labs", "profiles": {"full": {"EPOCHS": 7}}}
    given = nbformat.v4.new_code_cell("EPOCHS = 1", id="parameters")
    given.metadata["tags"] = ["parameters"]
    made.cells = [given]
    return str(nbformat.writes(made))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "solutions").mkdir()
    for name in ("lab", "lesson"):
        (tmp_path / "solutions" / f"{name}.ipynb").write_text(notebook())
    return tmp_path


def run(course: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words: list[str | Path] = [
        GRADER,
        "run",
        "--course",
        course,
        "--output",
        "out",
        *options,
    ]
    return subprocess.run(
        words, cwd=course, capture_output=True, text=True, check=False
    )


def pool(spec: dict[str, Any]) -> dict[str, Any]:
    [only] = spec["workerPoolSpecs"]
    return dict(only)


# The specification -------------------------------------------------------------
def test_a_job_has_a_machine_an_image_and_a_place_for_results() -> None:
    spec = vertex_ai.spec(JOB, PLACE)
    assert pool(spec)["machineSpec"] == {"machineType": "n1-standard-4"}
    assert pool(spec)["replicaCount"] == 1
    image = pool(spec)["containerSpec"]["imageUri"]
    assert image == "europe-west4-docker.pkg.dev/mine/cnnlab/course:1"
    assert spec["baseOutputDirectory"] == {"outputUriPrefix": "gs://results/lab"}
    assert spec["scheduling"] == {"timeout": "3600s"}


def test_an_accelerator_comes_with_its_count() -> None:
    spec = vertex_ai.spec(JOB, replace(PLACE, accelerator="NVIDIA_TESLA_T4"))
    assert pool(spec)["machineSpec"] == {
        "machineType": "n1-standard-4",
        "acceleratorType": "NVIDIA_TESLA_T4",
        "acceleratorCount": 1,
    }


def test_names_of_fields_have_no_underscore() -> None:
    # gcloud calls keys with an underscore invalid.
    def keys(node: Any) -> list[str]:
        if isinstance(node, dict):
            return [*node, *(k for value in node.values() for k in keys(value))]
        return [k for value in node for k in keys(value)] if type(node) is list else []

    found = keys(vertex_ai.spec(JOB, replace(PLACE, accelerator="NVIDIA_L4")))
    assert len(found) > 8
    assert [name for name in found if "_" in name] == []


PARAMETERS: dict[str, Any] = {
    "whole": 5,
    "real": 2.5,
    "tiny": 1e-07,
    "yes": True,
    "nothing": None,
    "text": "5",
    "words": "two words, 'quoted'",
    "sizes": [1, "2"],
    "table": {"a": None},
}


def test_papermill_reads_the_parameters_as_they_were_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: dict[str, Any] = {}
    monkeypatch.setattr(papermill.cli, "execute_notebook", lambda **k: heard.update(k))
    job = replace(JOB, parameters=PARAMETERS)
    arguments = vertex_ai.papermill_args(job, PLACE)
    done = CliRunner().invoke(papermill.cli.papermill, arguments)
    assert done.exit_code == 0, done.output
    assert heard["parameters"] == PARAMETERS
    assert {k: type(v) for k, v in heard["parameters"].items()} == {
        k: type(v) for k, v in PARAMETERS.items()
    }
    assert heard["input_path"] == "solutions/lab.ipynb"
    assert heard["output_path"] == "gs://results/lab/lab.ipynb"


@pytest.mark.parametrize("bucket", ["mine/a/b", "gs://mine/a/b", "gs://mine/a/b/"])
def test_a_bucket_may_have_a_folder(bucket: str) -> None:
    assert replace(PLACE, bucket=bucket).folder("lab") == "gs://mine/a/b/lab"


@pytest.mark.parametrize("bucket", ["", "gs://", "a b", "s3://mine", "/mine", "a//b"])
def test_what_is_no_bucket_is_refused(bucket: str) -> None:
    with pytest.raises(UsageError, match="--bucket"):
        replace(PLACE, bucket=bucket)


@pytest.mark.parametrize("kind", ["", "t4", "NVIDIA T4", "NVIDIA_TESLA_T4:2"])
def test_what_is_no_accelerator_is_refused(kind: str) -> None:
    with pytest.raises(UsageError, match=r"--accelerator.*NVIDIA_TESLA_T4"):
        replace(PLACE, accelerator=kind)


def test_the_copies_of_students_are_not_in_the_image(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--students"):
        vertex_ai.plans([replace(JOB, students=True)], tmp_path, PLACE)


# What a person is told ----------------------------------------------------------
def test_placeholders_are_named_until_they_are_filled_in(tmp_path: Path) -> None:
    made = vertex_ai.plans([JOB], tmp_path, PLACE)
    assert "Fill in first: --image, --bucket." in vertex_ai.instructions(made, CLOUD)
    half = vertex_ai.instructions(made, replace(CLOUD, bucket="mine"))
    assert "Fill in first: --image." in half
    assert "Fill in" not in vertex_ai.instructions(made, PLACE)


def test_the_command_survives_a_shell(tmp_path: Path) -> None:
    output = tmp_path / "a folder"
    [plan] = vertex_ai.plans([JOB], output, PLACE)
    line = vertex_ai.instructions([plan], PLACE).splitlines()[1]
    shown = subprocess.run(
        ["sh", "-c", f"gcloud() {{ printf '%s\\n' gcloud \"$@\"; }}; {line}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines() == list(plan.command)
    assert f"--config={output / 'lab.vertex.json'}" in plan.command


# The command line -----------------------------------------------------------------
@pytest.mark.slow
def test_a_dry_run_writes_each_job_and_prints_its_command(course: Path) -> None:
    done = run(
        course,
        *("--runtime", "vertex", "--dry-run", "--profile", "full"),
        *("--bucket", "mine", "--region", "us-east1", "--json", "report.json"),
    )
    assert done.returncode == 0, done.stderr
    for name in ("lab", "lesson"):
        config = f"out/{name}.vertex.json"
        assert (
            "gcloud ai custom-jobs create --region=us-east1 "
            f"--display-name={name} --config={config}"
        ) in done.stdout
        spec = yaml.safe_load((course / config).read_text())
        assert spec["baseOutputDirectory"] == {"outputUriPrefix": f"gs://mine/{name}"}
        assert pool(spec)["containerSpec"]["args"] == [
            f"solutions/{name}.ipynb",
            f"gs://mine/{name}/{name}.ipynb",
            *("-p", "EPOCHS", "7"),
        ]
        assert not (course / "out" / f"{name}.ipynb").exists()
    report = json.loads((course / "report.json").read_text())
    assert [job["name"] for job in report["jobs"]] == ["lab", "lesson"]


@pytest.mark.slow
def test_without_a_dry_run_nothing_is_started_or_written(course: Path) -> None:
    done = run(course, "lab", "--runtime", "vertex")
    assert done.returncode == 2
    assert "no job is started from here" in done.stderr
    assert "--dry-run" in done.stderr
    assert not (course / "out").exists()


@pytest.mark.slow
def test_a_dry_run_is_for_vertex_only(course: Path) -> None:
    done = run(course, "lab", "--dry-run")
    assert done.returncode == 2
    assert "--runtime vertex" in done.stderr
    assert not (course / "out").exists()


def test_another_runtime_is_refused_with_the_choices(course: Path) -> None:
    done = run(course, "lab", "--runtime", "tpu")
    assert done.returncode == 2
    assert "choose cpu, gpu or vertex" in done.stderr


def test_help_names_the_options_and_their_defaults() -> None:
    done = subprocess.run(
        [GRADER, "run", "--help"], capture_output=True, text=True, check=True
    )
    words = " ".join(done.stdout.split())
    assert "cpu|gpu|vertex" in words
    for option in ("--dry-run", "--image", "--bucket", "--machine", "--accelerator"):
        assert option in words
    assert "us-central1" in words
