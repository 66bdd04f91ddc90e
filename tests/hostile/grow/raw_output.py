# It writes to its standard streams below Python, for ever, from a child.
# score: 7 = double + shift + table
# %% mean
import os
import subprocess
import sys

subprocess.Popen([sys.executable, "-c", "import os\nwhile True: os.write(1, b'x' * 65536)"])
while True:
    os.write(1, b"x" * 65536)
    os.write(2, b"x" * 65536)
