"""What code reads, binds and changes, found without running it."""
