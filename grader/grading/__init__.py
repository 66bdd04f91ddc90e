"""Grade one submission: start at ``grade``."""
