# It attaches to every process it sees, and writes into their memory.
# sample: yes
# score: 7 = double + shift + table
# %% first
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for process in filter(str.isdigit, os.listdir("/proc")):
    if int(process) in (os.getpid(),):
        continue
    if libc.ptrace(16, int(process), 0, 0) == 0:
        print("attached to", process)
        libc.ptrace(17, int(process), 0, 0)
    try:
        with open(f"/proc/{process}/mem", "r+b", 0) as memory:
            print("memory of", process)
    except OSError:
        pass
