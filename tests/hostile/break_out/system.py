# It changes the system: its settings, its devices, its clock, its name.
# score: 7 = double + shift + table
# %% first
import ctypes
import glob
import os
import time

for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/proc/self/uid_map", "/sys/kernel/uevent_helper", "/sys/fs/cgroup/cgroup.procs", "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/fuse"):
    try:
        with open(path, "w") as file:
            file.write("0")
        print("BROKE OUT: wrote", path)
    except OSError:
        pass
for number, device in enumerate(("mem", "sda", "vda")):
    try:
        os.mknod(f"/tmp/{device}", 0o60666, os.makedev(1, number + 1))
        print("BROKE OUT: made a device")
    except OSError:
        pass
libc = ctypes.CDLL(None, use_errno=True)
try:
    time.clock_settime(time.CLOCK_REALTIME, 0)
    print("BROKE OUT: the clock")
except OSError:
    pass
for call in (lambda: libc.sethostname(b"hostile", 7), lambda: libc.reboot(0), lambda: libc.swapoff(b"/"), lambda: libc.init_module(b"", 0, b"")):
    if call() == 0:
        print("BROKE OUT: a call of the system's own")
