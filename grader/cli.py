"""The command ``grader``: arguments, printing, exit status; no logic.

Exit status: 0 done, 1 something falls short, 2 unusable input, 130 stopped by
Ctrl-C. What a command needs is imported in it, so that ``--help`` is quick.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperCommand

from grader import __version__
from grader.errors import GraderError, UsageError
from grader.interrupts import Interrupts
from grader.vertex import CLOUD

if TYPE_CHECKING:
    from rich.console import Console

    from grader.classroom import Classroom
    from grader.records import Result

DONE, SHORT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
KEPT = "What was graded is kept. Run the same command again to go on from there."
HERE = Path(__file__).parent.parent

app = typer.Typer(
    name="grader",
    no_args_is_help=True,
    add_completion=False,
    # Rich would double the time that --help takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A Jupyter autograder for hostile code and mangled notebooks.",
)

CourseOption = Annotated[
    Path,
    typer.Option(
        "--course",
        help="The course folder: solutions/ or source/ is in it.",
        show_default="this repository",
    ),
]
ClassOption = Annotated[
    Path, typer.Option("--class", help="The class folder: submitted/ is in it.")
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", help="Write what is reported here, as JSON.")
]


def main() -> None:
    """Run the command line; turn our errors into messages and exit statuses."""
    before = signal.signal(signal.SIGINT, Interrupts())
    try:
        status = app(standalone_mode=False)
    except typer.Exit as leaving:
        status = leaving.exit_code
    except UsageError as error:
        status = _failed(error, UNUSABLE)
    except GraderError as error:
        status = _failed(error, SHORT)
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - click's errors have no common public base
        status = _usage_status(error)
    if status == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        typer.echo("grader: stopped.", err=True)
    else:
        signal.signal(signal.SIGINT, before)
    sys.exit(status)


def _failed(error: GraderError, status: int) -> int:
    from grader.screen import literal

    for line in f"grader: {error}".splitlines():
        typer.echo(literal(line), err=True)
    return status


def _usage_status(error: Exception) -> int:
    """Let click show its own message about arguments; raise everything else."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return UNUSABLE


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Say which this is."
        ),
    ] = False,
) -> None:
    """Nothing of its own: the options before a command."""


@app.command()
def release(
    notebooks: Annotated[
        list[str] | None, typer.Argument(help="Names, such as 02_convolutions.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if a copy is stale.")
    ] = False,
    course: CourseOption = HERE,
    json_file: JsonOption = None,
) -> int:
    """Make the student copies in lessons/ and labs/ from solutions/."""
    from grader import release as releasing

    if not check:
        written = releasing.write(course, notebooks or ())
        for path in written:
            typer.echo(f"wrote {path}")
        if not written:
            typer.echo("All student copies are up to date.")
        _report(json_file, {"written": [str(path) for path in written]})
        return DONE
    stale = releasing.stale(course, notebooks or ())
    for path, diff in stale:
        typer.echo(f"stale: {path}\n{diff}")
    if stale:
        typer.echo("Make them anew: grader release")
    _report(json_file, {"stale": {str(path): diff for path, diff in stale}})
    return SHORT if stale else DONE


@app.command()
def grade(
    class_folder: ClassOption,
    assignments: Annotated[
        list[str] | None, typer.Argument(help="Names; all that were handed in if none.")
    ] = None,
    course: CourseOption = HERE,
    student: Annotated[
        str | None, typer.Option("--student", help="Grade this student only.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; one a core.")
    ] = None,
    sandbox: Annotated[
        Literal["bwrap", "none"],
        typer.Option(help="'none' runs student code UNPROTECTED, as yourself."),
    ] = "bwrap",
    seed: Annotated[
        int | None, typer.Option(help="What hidden tests draw from; repeats a run.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade what is unchanged, too.")
    ] = False,
    database: Annotated[
        str | None,
        typer.Option("--db", help="SQLAlchemy URL; else gradebook.db in the class."),
    ] = None,
    json_file: JsonOption = None,
) -> int:
    """Grade what was handed in, each hand-in in a jail of its own."""
    from grader import batch, screen
    from grader.classroom import Classroom
    from grader.course import Course

    console = _console()
    room = Classroom.open(class_folder)
    planned = batch.plan(Course.open(course), room, assignments or (), student)
    screen.passed_over(console, planned.ignored)
    settings = batch.Options(workers, seed, force, database=database, sandbox=sandbox)
    screen.warn_unprotected(console, sandbox)
    try:
        with screen.Live(console) as live:
            results = batch.run(room, planned, settings, live)
    except KeyboardInterrupt:
        typer.echo(f"\n{KEPT}", err=True)
        raise
    console.print(screen.score_table(results.values(), "Scores"))
    _say_where(console, room, database)
    screen.say(console, f"Pages for students: grader feedback --class {class_folder}")
    _report(json_file, _rows(results))
    failed = [result for result in results.values() if batch.ours(result)]
    if failed:
        screen.say(console, screen.our_fault(failed))
    return SHORT if failed else DONE


def _say_where(console: Console, room: Classroom, database: str | None) -> None:
    from grader import screen

    where = {"results": room.results}
    if database is None:
        where = {"gradebook": room.gradebook} | where
    screen.places(console, where)


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
    from grader import verify as verifying
    from grader import verify_screen as shown
    from grader.course import Course

    console = _console()
    options = verifying.Options(generated, workers, seeds)
    with shown.Live(console) as live:
        found = Course.open(course), notebooks or (), options, live
        proofs = list(verifying.verify(*found))
    console.print(shown.table(proofs))
    shown.gaps(console, proofs)
    _report(json_file, {"proofs": [proof.to_dict() for proof in proofs]})
    return SHORT if any(proof.shortfalls for proof in proofs) else DONE


@app.command()
def feedback(class_folder: ClassOption, course: CourseOption = HERE) -> int:
    """Write a page for each hand-in that was graded."""
    from grader import batch
    from grader.classroom import Classroom
    from grader.course import Course

    room = Classroom.open(class_folder)
    pages = batch.write_feedback(Course.open(course), room)
    if not pages:
        typer.echo(f"No results yet: grader grade --class {class_folder}")
        return SHORT
    typer.echo(f"{len(pages)} pages in {room.root / 'feedback'}")
    return DONE


@app.command()
def demo(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="A lesson and the lab by default.")
    ] = None,
    class_folder: Annotated[
        Path | None,
        typer.Option("--class", help="Where to make the class; a new folder if none."),
    ] = None,
    course: CourseOption = HERE,
    workers: Annotated[int | None, typer.Option("--workers", min=1)] = None,
    json_file: JsonOption = None,
) -> int:
    """Make a sample class, good and bad, and grade it end to end."""
    from grader import demo as sample
    from grader import screen
    from grader.course import Course

    console = _console()
    chosen = assignments or ()
    room, expected = sample.make_class(Course.open(course), class_folder, chosen)
    console.print(sample.introduction(expected))
    with screen.Live(console) as live:
        results, pages = sample.grade_class(Course.open(course), room, workers, live)
    console.print(screen.score_table(results.values(), "The sample class"))
    broken = sample.broken_promises(expected, results, room)
    for promise in broken:
        screen.say(console, f"{screen.NONE} {promise}")
    if not broken:
        console.print(f"{screen.FULL} {sample.PROMISES}")
    screen.places(
        console,
        {
            "gradebook": room.gradebook,
            "results": room.results,
            "feedback": pages[0].parent.parent.parent,
            "first page": pages[0],
        },
    )
    _report(json_file, _rows(results) | {"broken promises": broken})
    return SHORT if broken else DONE


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
    from grader import papermill_run, run_plan, run_report, run_screen, vertex
    from grader.course import Course

    pairs = dict(pair.split("=", 1) for pair in parameters or ())
    wish = run_plan.Wish(notebooks or (), pairs, profile, students)
    jobs = run_plan.plan(Course.open(course), wish)
    if runtime == "vertex" or dry_run:
        place = vertex.Place(image, region, bucket, machine, accelerator)
        made = vertex.write(jobs, output, place, runtime=runtime, dry_run=dry_run)
        typer.echo(vertex.told(made, place))
        _report(json_file, vertex.report(made))
        return DONE
    kernels = run_plan.environment(runtime)
    about = run_plan.about(wish, runtime)
    with run_screen.Live(_console()) as live:
        outcomes = papermill_run.run_into(
            output, jobs, about, workers=workers, environment=kernels, watcher=live
        )
    live.conclude(outcomes, output)
    report = run_report.summary(outcomes)
    _report(json_file, report)
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

    from grader import lint as linting
    from grader.course import Course

    found = linting.lint(Course.open(course), notebooks or ())
    for finding in found:
        typer.echo(str(finding))
    if not found:
        typer.echo(f"Nothing to mend by {len(linting.RULES)} rules.")
    _report(json_file, {"findings": [asdict(finding) for finding in found]})
    return SHORT if found else DONE


@app.command()
def doctor(json_file: JsonOption = None) -> int:
    """Say what this machine has, and how to get what is missing."""
    from grader import doctor as examination

    findings = examination.examine()
    _console().print(examination.table(findings))
    _report(json_file, {f.name: [f.state, f.found, f.remedy] for f in findings})
    missing = [f for f in findings if f.state == "missing"]
    for each in missing:
        typer.echo(f"missing: {each.name}. To mend it: {each.remedy}")
    return SHORT if missing else DONE


def _console() -> Console:
    from rich.console import Console

    return Console()


def _rows(results: dict[tuple[str, str], Result]) -> dict[str, Any]:
    return {"results": [json.loads(result.to_json()) for result in results.values()]}


def _report(path: Path | None, content: dict[str, Any]) -> None:
    if path is not None:
        text = json.dumps(content, indent=2, ensure_ascii=False)
        try:
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(f"--json {path}: {error.strerror}") from None


if __name__ == "__main__":
    main()
