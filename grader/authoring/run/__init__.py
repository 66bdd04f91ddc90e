"""Run the notebooks of a course from top to bottom with papermill, without a jail.

Start at :func:`grader.authoring.run.run.run_into`.

========= =====================================================================
plan      decide what to run: notebooks, parameters, CPU or GPU
outcome   the records: a Job, what was Executed, a Stop, an Outcome
run       run jobs in worker processes, and judge what comes back
worker    run one notebook with papermill, in a process of its own
watcher   what is reported while notebooks run
errors    where a notebook stopped, and whether a student copy may stop there
figures   the pictures in a notebook's outputs, and their alt text
output    write the output folder: notebooks, pages, figures, JUnit XML
html      the pages in it
vertex_ai the specification and command of a job of Vertex AI
========= =====================================================================
"""
