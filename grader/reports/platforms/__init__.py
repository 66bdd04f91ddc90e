"""What other grading systems read about one submission: their results files. Pure.

- ``table``: all systems; to add one, write a module and an entry there
- ``sheet``: what a student reads, in the same words for every system
- ``gradescope``: Gradescope's ``results.json``
- ``classroom50``: Classroom 50's ``result.json``
"""
