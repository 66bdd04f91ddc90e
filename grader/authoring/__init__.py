"""For who writes a course: check the notebooks, prove their tests, run them all."""
