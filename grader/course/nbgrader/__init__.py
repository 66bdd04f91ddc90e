"""Courses made for nbgrader: their settings, their autotests, their notebooks."""
