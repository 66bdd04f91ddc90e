# It sends to addresses outside its machine. None is reached: there is no way out.
# score: 7 = double + shift + table
# %% first
import socket

for host, port in (("192.0.2.1", 80), ("198.51.100.7", 53), ("169.254.169.254", 80), ("10.0.0.1", 22), ("fe80::1", 80)):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            with socket.socket(family, kind) as out:
                out.settimeout(0.2)
                out.connect((host, port))
                out.send(b"hostile-mark")
                print("REACHED", host, port)
        except OSError as error:
            print(type(error).__name__, error)
