"""Find out what code reads, binds and changes, without running it. Pure.

============ ==================================================================
names        which names cells bind, use and define
reads        which names a cell reads, over-approximated when unsure
lent         which names test cells bind for later cells
side_effects whether calls of this code can leave anything behind
independence whether some tests can run again and others need not
outside      whether a test asks only what the examiner can see
shadows      which tests share names with the student's cells
mutation     generate wrong answers from a solution
============ ==================================================================
"""
