"""A course on disk: its assignments, and the copies that students get."""
