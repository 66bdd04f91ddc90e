"""The parts of :mod:`grader.fleet`: worker processes, here or in a Dask cluster."""
