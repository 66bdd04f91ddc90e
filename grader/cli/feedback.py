"""``grader feedback``: write feedback pages for students."""

from __future__ import annotations

import typer

from grader.cli.shell import DONE, SHORT, ClassOption, CourseOption, app, course_at


@app.command()
def feedback(class_folder: ClassOption, course: CourseOption = None) -> int:
    """Write a feedback page for each graded notebook."""
    import grader

    classroom = grader.Classroom.open(class_folder)
    pages = grader.write_feedback(classroom, course_at(course))
    if not pages:
        typer.echo(f"No results yet. Grade first: grader grade --class {class_folder}")
        return SHORT
    typer.echo(f"{len(pages)} pages in {classroom.root / 'feedback'}")
    return DONE
