"""``grader run``: run the notebooks of a course."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand

from grader import api
from grader.cli.shell import (
    DONE,
    SHORT,
    CourseOption,
    JsonOption,
    NotebooksArgument,
    WorkersOption,
    app,
    console_of,
    course_at,
    report,
)
from grader.errors import UsageError

CLOUD = api.cloud_place()


class _Pairs(TyperCommand):
    """A command that turns papermill's ``-p NAME VALUE`` into ``-p NAME=VALUE``.

    Typer does not support a repeatable option with two values.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Join the two values of each ``-p``, then parse as usual."""
        words, joined = iter(args), []
        for word in words:
            joined.append(word)
            if word.startswith("-p"):
                given = [word[2:]] if word[2:] else [*islice(words, 2)]
                if len(given) != 2 or not given[0].isidentifier():
                    shown = " ".join(map(repr, given)) or "nothing"
                    raise UsageError(
                        "-p needs the name of a parameter and a value, such as "
                        f"-p epochs 1; behind it is {shown}. Next: grader run --help"
                    )
                joined.append("=".join(given))
        return super().parse_args(ctx, joined)


@app.command(cls=_Pairs)
def run(
    notebooks: NotebooksArgument = None,
    runtime: Annotated[
        Literal["cpu", "gpu", "vertex"] | None,
        typer.Option(
            help="Where to run. 'cpu' hides GPUs, 'gpu' fails without one, 'vertex' "
            "writes jobs for Vertex AI. "
            "[default: this machine, with a GPU if there is one]",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With vertex: write the jobs, start none.")
    ] = False,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "-p",
            metavar="NAME VALUE",
            help="Set a parameter of the cell tagged 'parameters'; may be repeated.",
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Set of parameters in the notebook's metadata, such as smoke or full.",
        ),
    ] = None,
    students: Annotated[
        bool,
        typer.Option(
            "--students", help="Run the student copies instead of the solutions."
        ),
    ] = False,
    output: Annotated[
        Path,
        typer.Option(
            metavar="FOLDER", help="Folder for executed copies, pages and figures."
        ),
    ] = Path("build/run"),
    workers: WorkersOption = None,
    image: Annotated[
        str, typer.Option(metavar="ADDRESS", help="With vertex: container image.")
    ] = CLOUD.image,
    region: Annotated[
        str, typer.Option(metavar="NAME", help="With vertex: region.")
    ] = CLOUD.region,
    bucket: Annotated[
        str, typer.Option(metavar="NAME", help="With vertex: bucket for results.")
    ] = CLOUD.bucket,
    machine: Annotated[
        str, typer.Option(metavar="TYPE", help="With vertex: machine type.")
    ] = CLOUD.machine,
    accelerator: Annotated[
        str | None,
        typer.Option(
            metavar="TYPE",
            help="With vertex: GPU type, such as NVIDIA_TESLA_T4. [default: no GPU]",
        ),
    ] = None,
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Run the source notebooks from top to bottom, without a sandbox.

    Writes an executed copy and an HTML page of each notebook, and its figures.
    """
    names = notebooks or ()
    choice: api.RunChoice = {
        "parameters": dict(pair.split("=", 1) for pair in parameters or ()),
        "profile": profile,
        "students": students,
    }
    if runtime == "vertex" or dry_run:
        _require_dry_run_of_vertex(runtime, dry_run)
        place = api.cloud_place(
            image=image,
            region=region,
            bucket=bucket,
            machine=machine,
            accelerator=accelerator,
        )
        jobs = api.write_cloud_jobs(course_at(course), names, output, place, **choice)
        typer.echo(api.describe_cloud_jobs(jobs, place))
        report(json_file, {"jobs": [job.to_dict() for job in jobs]})
        return DONE
    from grader.cli.screens import run as screen

    with screen.Live(console_of()) as live:
        outcomes = api.run_notebooks(
            course_at(course),
            names,
            output,
            runtime=runtime,
            workers=workers,
            watcher=live,
            **choice,
        )
    live.conclude(outcomes, api.run_files(output))
    report(json_file, api.run_summary(outcomes))
    return SHORT if any(outcome.failures for outcome in outcomes) else DONE


def _require_dry_run_of_vertex(runtime: str | None, dry_run: bool) -> None:
    if runtime != "vertex":
        raise UsageError("--dry-run works only with --runtime vertex")
    if not dry_run:
        raise UsageError(
            "--runtime vertex needs --dry-run: no job is started from here, because "
            "jobs cost money.\n"
            "--dry-run writes the job's specification and prints the command that "
            "starts the job. Run that command yourself."
        )
