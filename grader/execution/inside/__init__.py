"""What runs in a jail, beside student code.

- ``main``: become the kernel
- ``server``: run the cells that the grader sends
- ``calls``: answer the examiner's calls of student code
- ``output``: send what a cell shows
- ``ipykernel_app``: ipykernel's application, built before the fork, opened after it
- ``lean_ipykernel``: ipykernel without what no grader needs
- ``builtins_guard``: restore the builtins that the kernel itself needs
- ``keras_tracing``: have Keras trace a training step once
- ``rewind``: go back to a marked state, to try many answers in one kernel
"""
