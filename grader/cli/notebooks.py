"""Commands for who writes a course: release, verify, run, lint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand

from grader.authoring.run.vertex_ai import CLOUD
from grader.cli.shell import (
    DONE,
    HERE,
    SHORT,
    CourseOption,
    JsonOption,
    app,
    console_of,
    report,
)
from grader.errors import UsageError, require_extra


@app.command()
def release(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names, such as 02_convolutions.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a copy is stale.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Keep the copies in releases/, too: students get these."
        ),
    ] = False,
    address: Annotated[
        bool,
        typer.Option(
            "--address",
            help="Write pyproject.toml's published address into the sources first.",
        ),
    ] = False,
    course: CourseOption = HERE,
    json_file: JsonOption = None,
) -> int:
    """Make the student copies in lessons/ and labs/ from solutions/."""
    from grader.course import release as releasing

    if check and (keep or address):
        other = "--keep" if keep else "--address"
        raise UsageError(f"--check writes nothing, {other} does: give one of them")
    if not check:
        sources = _write_address(course, notebooks or ()) if address else ()
        written = (*sources, *releasing.write(course, notebooks or ()))
        kept = releasing.keep(course, notebooks or ()) if keep else ()
        for path in (*written, *kept):
            typer.echo(f"wrote {path}")
        if not written:
            typer.echo("All student copies are up to date.")
        paths = {"written": written, "kept": kept}
        report(json_file, {what: list(map(str, each)) for what, each in paths.items()})
        return DONE
    stale = releasing.stale(course, notebooks or ())
    for path, diff in stale:
        typer.echo(f"stale: {path}\n{diff}")
    if stale:
        typer.echo("Make them anew: grader release")
    report(json_file, {"stale": {str(path): diff for path, diff in stale}})
    return SHORT if stale else DONE


def _write_address(course: Path, notebooks: Sequence[str]) -> tuple[Path, ...]:
    from grader.authoring.lint import address
    from grader.course.course import Course

    return address.write(Course.open(course), notebooks)


@app.command()
def verify(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names, such as 02_convolutions.")
    ] = None,
    generated: Annotated[
        bool, typer.Option("--generated", help="Make wrong answers from right ones.")
    ] = False,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help="How often hidden tests draw anew.")
    ] = 3,
    course: CourseOption = HERE,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Kernels; one a core.")
    ] = None,
    json_file: JsonOption = None,
) -> int:
    """Prove the tests: solutions pass, wrong answers do not, nothing leaks."""
    from grader.authoring.verify import verify as verifying
    from grader.cli.screens import verify as shown
    from grader.course.course import Course

    console = console_of()
    options = verifying.Options(generated, workers, seeds)
    with shown.Live(console) as live:
        found = Course.open(course), notebooks or (), options, live
        proofs = list(verifying.verify(*found))
    console.print(shown.table(proofs))
    shown.gaps(console, proofs)
    report(json_file, {"proofs": [proof.to_dict() for proof in proofs]})
    return SHORT if any(proof.shortfalls for proof in proofs) else DONE


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
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names, such as 02_convolutions.")
    ] = None,
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
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; one a core.")
    ] = None,
    image: Annotated[str, typer.Option(help="vertex: the image.")] = CLOUD.image,
    region: Annotated[str, typer.Option(help="vertex: where.")] = CLOUD.region,
    bucket: Annotated[str, typer.Option(help="vertex: for results.")] = CLOUD.bucket,
    machine: Annotated[str, typer.Option(help="vertex: type.")] = CLOUD.machine,
    accelerator: Annotated[
        str | None, typer.Option(help="vertex: a GPU, such as NVIDIA_TESLA_T4.")
    ] = None,
    course: CourseOption = HERE,
    json_file: JsonOption = None,
) -> int:
    """Run the solutions from top to bottom with papermill, several at a time."""
    require_extra("notebooks")
    from grader.authoring.run import output as run_report
    from grader.authoring.run import plan, vertex_ai
    from grader.authoring.run import run as papermill_run
    from grader.cli.screens import run as run_screen
    from grader.course.course import Course

    pairs = dict(pair.split("=", 1) for pair in parameters or ())
    wish = plan.Wish(notebooks or (), pairs, profile, students)
    jobs = plan.plan(Course.open(course), wish)
    if runtime == "vertex" or dry_run:
        place = vertex_ai.Place(image, region, bucket, machine, accelerator)
        made = vertex_ai.write(jobs, output, place, runtime=runtime, dry_run=dry_run)
        typer.echo(vertex_ai.told(made, place))
        report(json_file, vertex_ai.report(made))
        return DONE
    kernels = plan.environment(runtime)
    about = plan.about(wish, runtime)
    with run_screen.Live(console_of()) as live:
        outcomes = papermill_run.run_into(
            output, jobs, about, workers=workers, environment=kernels, watcher=live
        )
    live.conclude(outcomes, output)
    report(json_file, run_report.summary(outcomes))
    return SHORT if any(outcome.failures for outcome in outcomes) else DONE


@app.command()
def lint(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names, such as 02_convolutions.")
    ] = None,
    course: CourseOption = HERE,
    json_file: JsonOption = None,
) -> int:
    """Hold the source notebooks to the course's anatomy, budgets and form."""
    from dataclasses import asdict

    from grader.authoring.lint import lint as linting
    from grader.course.course import Course

    found = linting.lint(Course.open(course), notebooks or ())
    for finding in found:
        typer.echo(str(finding))
    if not found:
        typer.echo(f"Nothing to mend by {len(linting.RULES)} rules.")
    report(json_file, {"findings": [asdict(finding) for finding in found]})
    return SHORT if found else DONE
