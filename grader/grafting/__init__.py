"""The parts of :mod:`grader.graft`: which answer is whose, wherever it ended up."""
