"""Grade one submission. Start reading at ``grade``.

- ``grade``: from a submission to a result: merge, run, score
- ``session``: send each cell, in order, to the kernel or the examiner
- ``student_kernel``: the kernel, which is replaced when it is lost
- ``examiners``: open the examiner with an assignment's names
- ``cell_run``: how one cell was graded, or how it ran
- ``answers``: how the answers ran that the next test looks at
- ``error_words``: what a student may read of an error in student code
- ``kernel_runs``: say how a cell ran in the kernel, as a flag or an outcome
- ``lending``: the names that a test binds for later cells once it has ended
- ``lost_names``: which failed cell is to blame for a missing name
- ``scoring``: turn outcomes into points
- ``cell_words``: words for cells whose names nbgrader made up
- ``kernel_witness``: run a submission in one kernel with its tests, as nbgrader would
- ``verdict``: decide what counts when examiner and kernel have both judged a test
- ``two_witnesses``: ask the kernel about the tests that need it
- ``calibrate``, ``calibration``: grade the solution first; where each test can run
- ``trust_proof``: compare how examiner and kernel judge wrong answers
- ``regrade``: which part of an earlier grade is still valid
- ``combine``: one result for several notebooks of an assignment
- ``standalone``: one notebook without a class
- ``self_check``: check a student's own notebook
- ``trials``, ``trial_session``: try many answers in one cell, for ``grader verify``
"""
