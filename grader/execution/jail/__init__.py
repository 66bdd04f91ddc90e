"""Build jails and put kernels in. Where no tight jail can be built, nothing runs.

- ``factory``: open the jailer that a sandbox's name stands for
- ``jail``: one jail, seen from outside
- ``prebuilt``: the next jail is built while the last one is in use
- ``unprotected``: the same kernel without a jail, for ``--sandbox none``
- ``enter``: how a fork enters a jail, checks it and becomes a kernel
- ``entries``: what forks become, named and not imported
- ``bwrap``: limits and paths as bubblewrap's arguments
- ``host``: what this machine offers to build a jail from
- ``userns``: a user namespace, for a grader that runs as root
- ``cgroup``, ``landlock``, ``seccomp``: what guards a jail where the machine has it
- ``process_title``: what a process shows of how it was started
- ``provisioner``: the jail as a Jupyter kernel provisioner
"""
