"""A class folder: submissions, results, roster and gradebook."""
