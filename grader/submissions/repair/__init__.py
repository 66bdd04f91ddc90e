"""Read what is left of a damaged notebook."""
