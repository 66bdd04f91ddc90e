"""The jail: where student code runs, and nothing else does."""
