"""Find out what code reads, binds and changes, without running it. Pure.

============ ==================================================================
names        which names cells bind, use and define
reads        which names a cell reads, over-approximated when unsure
lent         what test cells bind that later cells read
side_effects whether calls of this code can leave anything behind
outside      whether a test sees from outside all that it asks
shadows      whether a submission meets names of its tests
mutation     generate wrong answers from a solution
============ ==================================================================
"""
