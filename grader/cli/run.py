"""``grader run``: run the notebooks of a course."""

from __future__ import annotations

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
    """A command that reads ``-p NAME VALUE``, as papermill does, as ``-p NAME=VALUE``.

    Typer has no option of two words that may be given several times.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Join the two words, then go on as usual."""
        words, joined = iter(args), []
        for word in words:
            joined.append(word)
            if word == "-p":
                name, value = next(words, ""), next(words, None)
                if value is None or not name.isidentifier():
                    raise UsageError(f"-p wants NAME VALUE, not {name!r} {value!r}")
                joined.append(f"{name}={value}")
        return super().parse_args(ctx, joined)


@app.command(cls=_Pairs)
def run(
    notebooks: NotebooksArgument = None,
    runtime: Annotated[
        Literal["cpu", "gpu", "vertex"] | None,
        typer.Option(help="'cpu' hides GPUs, 'gpu' insists on one, 'vertex' rents."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="vertex: write the job, start nothing.")
    ] = False,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", metavar="NAME VALUE", help="For the cell 'parameters'."),
    ] = None,
    profile: Annotated[
        str | None, typer.Option(help="Parameters by name: smoke or full.")
    ] = None,
    students: Annotated[
        bool, typer.Option("--students", help="Run the student copies instead.")
    ] = False,
    output: Annotated[
        Path, typer.Option(help="Where executed copies, pages and figures go.")
    ] = Path("build/run"),
    workers: WorkersOption = None,
    image: Annotated[str, typer.Option(help="vertex: the image.")] = CLOUD.image,
    region: Annotated[str, typer.Option(help="vertex: where.")] = CLOUD.region,
    bucket: Annotated[str, typer.Option(help="vertex: for results.")] = CLOUD.bucket,
    machine: Annotated[str, typer.Option(help="vertex: type.")] = CLOUD.machine,
    accelerator: Annotated[
        str | None, typer.Option(help="vertex: a GPU, such as NVIDIA_TESLA_T4.")
    ] = None,
    course: CourseOption = None,
    json_file: JsonOption = None,
) -> int:
    """Run the solutions from top to bottom with papermill, several at a time."""
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
        raise UsageError("--dry-run is for --runtime vertex; other runs cost nothing")
    if not dry_run:
        raise UsageError(
            "--runtime vertex: no job is started from here, since jobs cost money.\n"
            "Add --dry-run: it writes the job's specification and prints the command "
            "that starts the job. Run that command yourself."
        )
