# Shows arguments, environment, open files and memory of every process it can see.
# sample: yes
# score: 7 = double + shift + table
# %% first
import glob

def look():
    for path in glob.glob("/proc/*/cmdline") + glob.glob("/proc/*/environ") + glob.glob("/proc/*/task/*/comm"):
        try:
            yield path, open(path, "rb").read()
        except OSError as error:
            yield path, error
    for path in glob.glob("/proc/*/fd/*") + glob.glob("/proc/*/cwd") + glob.glob("/proc/*/root"):
        try:
            yield path, os.readlink(path)
        except OSError as error:
            yield path, error

import os
print(*look(), sep="\n")
# %% tally
class Tally:
    total = 3
    def add(self, number):
        Tally.found = list(look())

# %% last
print(*getattr(Tally, "found", ()), sep="\n")
