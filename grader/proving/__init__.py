"""The parts of :mod:`grader.verify`: wrong answers, leaks, stubs, and the proof."""
