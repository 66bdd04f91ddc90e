# A child in a session of its own stays behind and waits.
# score: 7 = double + shift + table
# %% first
import subprocess
import sys

code = "import os, time\nif os.fork(): os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\ntime.sleep(600)"
subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
