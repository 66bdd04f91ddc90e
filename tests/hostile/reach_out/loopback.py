# It looks for servers on its own machine, and leaves one.
# score: 7 = double + shift + table
# %% first
import socket

for port in (*range(1, 1024, 7), 5000, 5432, 8080, 8786, 8787, 8888, 31337):
    for host in ("127.0.0.1", "127.0.0.53", "::1", "localhost"):
        try:
            socket.create_connection((host, port), 0.05).sendall(b"hostile-mark")
            print("REACHED", host, port)
        except OSError:
            pass
server = socket.socket()
server.bind(("0.0.0.0", 31337))
server.listen()
