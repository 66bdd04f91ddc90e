# It asks for names, and fetches a page.
# score: 7 = double + shift + table
# %% first
import socket
import urllib.request

for name in ("example.invalid", "localhost", "metadata", "gradebook"):
    try:
        print(name, socket.getaddrinfo(name, 80))
    except OSError as error:
        print(type(error).__name__)
try:
    print("REACHED", urllib.request.urlopen("http://127.0.0.1:8888/", timeout=0.5).status)
except OSError as error:
    print(type(error).__name__)
