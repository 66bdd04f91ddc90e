"""The parts of :mod:`grader.collect`: from any download to a class folder."""
