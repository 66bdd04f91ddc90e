"""Run notebooks from top to bottom with papermill: start at ``run``."""
