# Startup files, kernels and path files that a later Python would read.
# score: 7 = double + shift + table
# %% first
import os
import site
import sys

places = {
    ".ipython/profile_default/startup/00.py": "open('/tmp/hostile-mark-startup', 'w')",
    ".jupyter/jupyter_config.py": "open('/tmp/hostile-mark-startup', 'w')",
    ".local/share/jupyter/kernels/python3/kernel.json": "{}",
    ".local/lib/python3.11/site-packages/mark.pth": "import os; open('/tmp/hostile-mark-startup', 'w')",
    ".pythonrc.py": "open('/tmp/hostile-mark-startup', 'w')",
}
for root in (os.path.expanduser("~"), ".", "/", sys.prefix, site.getsitepackages()[0]):
    for name, text in places.items():
        try:
            path = os.path.join(root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            open(path, "w").write(text)
        except OSError:
            pass
