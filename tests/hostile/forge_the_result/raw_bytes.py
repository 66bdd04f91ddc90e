# Writes raw frames of the transport to every socket it holds. Its kernel is lost by that.
# score: at most 7 = double + shift + table
# %% last
import json
import socket
import struct
import os

def channels():
    """Yield the stream sockets it finds among its descriptors, not the listening ones."""
    for number in range(3, 64):
        try:
            found = socket.socket(fileno=os.dup(number))
            if found.type == socket.SOCK_STREAM and not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield found
        except OSError:
            pass

for channel in channels():
    channel.setblocking(False)
    for garbage in (b"\xff" + b"\0" * 8 + b"\x01\x7f", b"\x01\xff" + b"x" * 255, b"\x02" + b"\xff" * 8, os.urandom(4096)):
        try:
            channel.send(garbage)
        except OSError:
            pass
