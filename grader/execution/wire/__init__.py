"""The data-only format between examiner and jail."""
