"""The parts of :mod:`grader.papermill_run`: what to run, one run, its pages."""
