"""Hold source notebooks to the course's anatomy, budgets and form: start at ``lint``."""
