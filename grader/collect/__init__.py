"""Turn any download of submissions into a class folder: start at ``collect``."""
