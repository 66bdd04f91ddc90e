"""Read a submission, repair it, and merge it into the instructor's notebook."""
