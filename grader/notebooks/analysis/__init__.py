"""Find out what code reads, binds and changes, without running it. Pure.

============ ==================================================================
names        which names cells bind, use and define
reads        which names a cell reads, over-approximated when unsure
lent         what test cells bind that later cells read
side_effects whether calls of this code can leave anything behind
============ ==================================================================
"""
