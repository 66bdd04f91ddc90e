"""Read a submission, repair it, and merge its answers into the instructor's notebook."""
