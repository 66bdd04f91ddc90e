# It makes and joins namespaces, and mounts.
# sample: yes
# score: 7 = double + shift + table
# %% first
import ctypes
import glob
import os

libc = ctypes.CDLL(None, use_errno=True)
for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000, 0x08000000, 0x04000000, 0x02000000, 0x10020000):
    if libc.unshare(flag) == 0:
        print("BROKE OUT: unshare", hex(flag))
for path in glob.glob("/proc/*/ns/*"):
    try:
        fd = os.open(path, os.O_RDONLY)
    except OSError:
        continue
    if path.split("/")[2] in ("1", "2") and libc.setns(fd, 0) == 0:
        print("BROKE OUT: setns", path)
    os.close(fd)
for source, target, kind in ((b"none", b"/tmp", b"tmpfs"), (b"proc", b"/tmp", b"proc"), (b"/", b"/tmp", None)):
    if libc.mount(source, target, kind, 0 if kind else 4096, None) == 0:
        print("BROKE OUT: mount", kind)
if libc.umount2(b"/home/student", 2) == 0 or libc.chroot(b"/tmp") == 0 or libc.pivot_root(b"/tmp", b"/tmp") == 0:
    print("BROKE OUT: root")
