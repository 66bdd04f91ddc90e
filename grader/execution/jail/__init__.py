"""Build jails and start kernels in them. Without a tight jail, nothing runs.

- ``factory``: open the jailer of a sandbox, by its name
- ``jail``: one jail, as the grader sees it from outside
- ``prebuilt``: build the next jail while the last one is in use
- ``levels``: the levels of jails that this machine supports, and the strongest of them
- ``confined``: jails without namespaces, for machines that forbid those
- ``confine``: how a fork becomes such a jail, checks it and becomes a kernel
- ``warden``, ``measurement``: the process beside such a jail, and what it measures
- ``scratch``: the folder of such a jail
- ``spare_users``: a separate user id for each such jail, where root grades
- ``process_tree``: find, measure and end the descendants of a process
- ``proc``: read what the system says of processes in ``/proc``
- ``unprotected``: the same kernel without a jail, for ``--sandbox none``
- ``enter``: how a fork enters a jail, checks it and becomes a kernel
- ``entries``: the functions that forks run in a jail, by their names
- ``bwrap``: limits and paths as bubblewrap's arguments
- ``builders``: start bubblewrap, and end it with all it has started
- ``host``: what this machine offers for building jails
- ``userns``: a user namespace, for a grader that runs as root
- ``cgroup``, ``landlock``, ``seccomp``: further guards, where the machine has them
- ``refused_calls``: which system calls a jail refuses
- ``process_title``: hide how the kernel's process was started
- ``provisioner``: the jail as a Jupyter kernel provisioner
"""
