# Files that something may run later: cron, profile, autostart, hooks.
# score: 7 = double + shift + table
# %% first
import os
import pathlib

home = pathlib.Path(os.path.expanduser("~"))
for place in ("/etc/cron.d", "/var/spool/cron", "/etc/profile.d", "/etc/ld.so.preload", home / ".config/autostart", home / ".bashrc", home / ".git/hooks"):
    try:
        path = pathlib.Path(place)
        path.mkdir(parents=True, exist_ok=True)
        (path / "hostile-mark").write_text("* * * * * root touch /tmp/hostile-mark-cron\n")
    except OSError:
        pass
