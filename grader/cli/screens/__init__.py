"""Format what the commands print in a terminal."""
