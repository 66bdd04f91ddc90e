"""Run cells in a jailed kernel.

- ``client``: run cells one after the other, within limits
- ``connection``: the bytes to and from the kernel; none of them are trusted
"""
