"""Grade a class, on this machine or on a cluster. Start reading at ``run``.

- ``plan``: find the submissions to grade
- ``run``: the whole batch on one page: open, calibrate, grade, record
- ``recorder``: what is still to grade, and recording what was graded
- ``known_grades``: grades of earlier runs, under the conditions of this one
- ``cache``: how grades are kept in the class folder
- ``results_writer``: write notebooks, gradebook and results in a crash-safe order
- ``workers``: grade many submissions in parallel
- ``backends``: the kinds of workers, one entry for each
- ``local``: worker processes of this machine
- ``safe_start``: start workers that import nothing from the current folder
- ``dask_backend``: grade on the workers of a Dask cluster
- ``dask_cluster``: which workers a cluster has, and which of them may work
- ``dask_pieces``: distribute work among workers, some of which may be lost
- ``trusts``: find out how far each test can be trusted, and remember it
- ``tasks``: the functions that a worker runs
- ``versions``: the versions that a grade depends on
"""
