"""Notebooks as data: cells, markers, outputs. Pure."""
