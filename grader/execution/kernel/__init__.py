"""Run cells in a jailed kernel."""
