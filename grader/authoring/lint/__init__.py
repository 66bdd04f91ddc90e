"""Check source notebooks for anatomy, budgets and form: start at ``lint``."""
