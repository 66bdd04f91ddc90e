"""Write the specification of a Vertex AI job for a notebook, and its command.

Nothing here starts a job, uses the network or needs an account. Jobs cost money: a
person starts them, with the command that is printed.

The image is built from the repository's ``Dockerfile``; its entry point is papermill.
A job writes the executed notebook to Cloud Storage, cell by cell.
Field names are those of the REST resource CustomJobSpec, as ``gcloud ai custom-jobs
create --config`` wants them.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.authoring.run.outcome import Job

_SUFFIX = ".vertex.json"
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*")
_ACCELERATOR = re.compile(r"[A-Z][A-Z0-9_]+")
# Without a limit, a forgotten job would run, and cost, for seven days.
_LONGEST = "3600s"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job runs and what it may use.

    Attributes
    ----------
    image : str
        Address of the container image; ``REGION`` in it is replaced by `region`.
    region : str
        Google Cloud's name of the region.
    bucket : str
        Bucket of Cloud Storage for the results, with or without ``gs://`` before
        it and a folder after it.
    machine : str
        Machine type.
    accelerator : str or None
        Type of the one accelerator, such as ``NVIDIA_TESLA_T4``; None for none.
    """

    image: str = "REGION-docker.pkg.dev/PROJECT/cnnlab/course:latest"
    region: str = "us-central1"
    bucket: str = "BUCKET"
    machine: str = "n1-standard-4"
    accelerator: str | None = None

    def __post_init__(self) -> None:
        if not _BUCKET.fullmatch(self._bare_bucket):
            raise UsageError(
                f"--bucket: {self.bucket!r} is not a bucket; give NAME, NAME/FOLDER "
                "or gs://NAME/FOLDER"
            )
        if self.accelerator is not None and not _ACCELERATOR.fullmatch(
            self.accelerator
        ):
            raise UsageError(
                f"--accelerator: {self.accelerator!r} is not a type that Vertex AI "
                "has; NVIDIA_TESLA_T4 is one, with a machine of the family n1"
            )

    @property
    def image_uri(self) -> str:
        """Address of the image in the region."""
        return self.image.replace("REGION", self.region)

    @property
    def _bare_bucket(self) -> str:
        return self.bucket.removeprefix("gs://").rstrip("/")

    def folder(self, name: str) -> str:
        """Return the address of the folder for what a notebook writes."""
        return f"gs://{self._bare_bucket}/{name}"

    @property
    def blanks(self) -> tuple[str, ...]:
        """Options whose placeholder still has to be filled in."""
        placeholders = {
            "--image": "PROJECT" in self.image,
            "--bucket": self.bucket == "BUCKET",
        }
        return tuple(option for option, blank in placeholders.items() if blank)


CLOUD = Place()


@dataclass(frozen=True, slots=True)
class Plan:
    """A job, ready to be written and started.

    Attributes
    ----------
    name : str
        The notebook's name.
    file : str
        Path of the specification.
    spec : dict
        The specification.
    command : tuple of str
        The command that starts the job.
    """

    name: str
    file: str
    spec: dict[str, Any]
    command: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return asdict(self)


def spec(job: Job, place: Place) -> dict[str, Any]:
    """Return the CustomJobSpec of a notebook. Pure.

    Parameters
    ----------
    job
        The notebook and its parameters.
    place
        Where and on what to run.

    References
    ----------
    The resources CustomJobSpec, WorkerPoolSpec, MachineSpec, ContainerSpec and
    Scheduling of Vertex AI's REST reference, version v1.
    """
    machine: dict[str, Any] = {"machineType": place.machine}
    if place.accelerator is not None:
        machine |= {"acceleratorType": place.accelerator, "acceleratorCount": 1}
    container = {"imageUri": place.image_uri, "args": papermill_args(job, place)}
    pool = {"machineSpec": machine, "replicaCount": 1, "containerSpec": container}
    return {
        "workerPoolSpecs": [pool],
        "scheduling": {"timeout": _LONGEST},
        "baseOutputDirectory": {"outputUriPrefix": place.folder(job.name)},
    }


def papermill_args(job: Job, place: Place) -> list[str]:
    """Return the command-line arguments of papermill for a job. Pure.

    Parameters
    ----------
    job
        The notebook to run, with its parameters.
    place
        Where the results go.
    """
    output = f"{place.folder(job.name)}/{job.name}.ipynb"
    words = [job.path, output]
    for name, value in job.parameters.items():
        words += _parameter(name, value)
    return words


def _parameter(name: str, value: Any) -> tuple[str, ...]:
    """Return papermill's arguments for a parameter: -p guesses the type, -r is text."""
    if isinstance(value, str):
        return ("-r", name, value)
    if value is None or isinstance(value, (bool, int, float)):
        return ("-p", name, str(value))
    return ("-y", json.dumps({name: value}))


def command(name: str, place: Place, file: Path) -> tuple[str, ...]:
    """Return the command that starts the job of a specification. Pure.

    Parameters
    ----------
    name
        What to call the job.
    place
        Where to run it.
    file
        Path of the specification.
    """
    return (
        *("gcloud", "ai", "custom-jobs", "create"),
        f"--region={place.region}",
        f"--display-name={name}",
        f"--config={file}",
    )


def plans(jobs: Sequence[Job], output: Path, place: Place) -> list[Plan]:
    """Decide what to write and what a person has to run. Pure.

    Parameters
    ----------
    jobs
        The notebooks.
    output
        The folder for the specifications.
    place
        Where and on what they are to run.

    Raises
    ------
    UsageError
        A job is a student copy: the image holds only the solutions.
    """
    if any(job.students for job in jobs):
        raise UsageError("--students: the image holds the solutions only; leave it out")
    planned = []
    for job in jobs:
        file = output / f"{job.name}{_SUFFIX}"
        start = command(job.name, place, file)
        planned.append(Plan(job.name, str(file), spec(job, place), start))
    return planned


def write(jobs: Sequence[Job], output: Path, place: Place) -> list[Plan]:
    """Write the specification of each notebook into a folder; start nothing.

    Parameters
    ----------
    jobs
        The notebooks.
    output
        The folder; it is created if it does not exist.
    place
        Where and on what they are to run.

    Raises
    ------
    UsageError
        A notebook cannot be run there. Nothing is written then.
    """
    planned = plans(jobs, output, place)
    output.mkdir(parents=True, exist_ok=True)
    for plan in planned:
        text = json.dumps(plan.spec, indent=2) + "\n"
        Path(plan.file).write_text(text, encoding="utf-8")
    return planned


def instructions(written: Sequence[Plan], place: Place) -> str:
    """Return instructions: the files, the commands, and what to fill in. Pure.

    Parameters
    ----------
    written
        The jobs that were written.
    place
        Where they run.
    """
    lines = []
    for plan in written:
        lines += [f"wrote {plan.file}", shlex.join(plan.command)]
    if place.blanks:
        lines.append(f"Fill in first: {', '.join(place.blanks)}.")
    lines.append("Nothing was started. The job will cost money: docs/how-to/cloud.md")
    return "\n".join(lines)


__all__ = [
    "CLOUD",
    "Place",
    "Plan",
    "command",
    "instructions",
    "papermill_args",
    "plans",
    "spec",
    "write",
]
