# It asks for sockets of every family, raw ones, and those that configure the network.
# score: 7 = double + shift + table
# %% first
import socket

for family in range(1, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            opened = socket.socket(family, kind)
            opened.settimeout(0.05)
        except OSError:
            continue
        if kind == socket.SOCK_RAW and family in (socket.AF_INET, socket.AF_PACKET):
            print("REACHED", family, kind)
        opened.close()
