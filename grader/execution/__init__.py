"""Run the code of a submission: student code in a jail, test cells in an examiner.

Importing this package, or one of the packages below, imports nothing else, so that no
module reaches a process of student code by accident.

- ``wiring``: start the fork servers whose forks become kernels and examiners
- ``kernel``: run cells in a jailed kernel
- ``examiner``: run test cells in a trusted process
- ``jail``: build jails and start kernels in them
- ``inside``: our code that runs in a jail, beside student code
- ``wire``: the data that travels between examiner, grader and jail
- ``fork_server``: a process that has imported a lesson's modules, and is forked
- ``limits``, ``limit_messages``: what code may use, and what is said about it
- ``deadline``: time limits that are extended while the machine is busy
- ``semaphores``: whether worker processes can be started here
- ``layout``: paths and the user id inside every jail
- ``doctor``: what this machine has of all that grading needs, and what is missing
"""
