# It connects to every unix socket it finds, abstract ones and files, and leaves one of its own.
# sample: yes
# score: 7 = double + shift + table
# %% first
import glob
import socket

names = ["\0" + line.split("@", 1)[1].strip() for line in open("/proc/net/unix") if "@" in line]
names += ["\0hostile-mark", "\0/tmp/.X11-unix/X0", "\0dbus", "\0warm"]
names += [p for place in ("/run", "/tmp", "/var/run", "/dev") for p in glob.glob(place + "/**", recursive=True)]
for name in names:
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_UNIX, kind) as out:
                out.connect(name)
                print("REACHED", name)
        except (OSError, ValueError):
            pass
mine = socket.socket(socket.AF_UNIX)
mine.bind("\0hostile-mark")
mine.listen()
