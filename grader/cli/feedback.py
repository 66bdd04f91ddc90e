"""``grader feedback``: write feedback pages for students."""

from __future__ import annotations

import typer

from grader.cli.shell import DONE, SHORT, ClassOption, CourseOption, app, course_at


@app.command()
def feedback(class_folder: ClassOption, course: CourseOption = None) -> int:
    """Write a feedback page for each graded notebook.

    The pages are written to feedback/STUDENT/ASSIGNMENT/ in the class folder. Each is
    one HTML file, which shows its student no hidden test. Nothing is sent to anybody.
    """
    import grader

    classroom = grader.Classroom.open(class_folder)
    pages = grader.write_feedback(classroom, course_at(course))
    if not pages:
        typer.echo(f"No results yet. Grade first: grader grade --class {class_folder}")
        return SHORT
    count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
    typer.echo(f"{count} in {classroom.root / 'feedback'}")
    typer.echo(f"Next: grader report --class {class_folder}")
    return DONE
