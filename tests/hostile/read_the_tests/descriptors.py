# Reads whatever its open descriptors give, and asks for files through them.
# Its own channels are spoilt by that, which costs what is asked of them.
# score: at most 7 = double + shift + table
# %% last
import os
import socket

for number in range(3, 64):
    try:
        print(number, os.readlink(f"/proc/self/fd/{number}"), os.fstat(number))
        print(os.listdir(f"/proc/self/fd/{number}/"))
    except OSError:
        pass
    try:
        other = socket.socket(fileno=os.dup(number))
        other.setblocking(False)
        print(other.recvmsg(1 << 16, socket.CMSG_SPACE(64), socket.MSG_PEEK))
    except OSError:
        pass
