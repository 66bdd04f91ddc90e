"""The grader's code that runs in a jail, beside student code.

- ``main``: become the kernel
- ``server``: run the cells that the grader sends
- ``calls``: answer the examiner's calls of student code
- ``work_folder``: let cells import from the folder in which they run
- ``output``: send the output of a cell
- ``ipykernel_app``: ipykernel's application, built before the fork, opened after it
- ``lean_ipykernel``: ipykernel without the parts that grading does not need
- ``builtins_guard``: restore the builtins that the kernel itself needs
- ``keras_tracing``: make Keras trace a training step only once
- ``rewind``: go back to an earlier state, to try many answers in one kernel
"""
