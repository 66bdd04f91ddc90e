"""Run cells in a jailed kernel.

- ``client``: run one cell after the other, within limits
- ``connection``: the bytes to and from the kernel, none of which are believed
"""
