"""The student's side of the call channel.

It runs in the kernel's main thread, beside student code, which may change it in any
way. So the examiner trusts nothing that is sent from here.

- ``serving``: answer the examiner's requests, one at a time
- ``line``: send and receive messages, while a function of the test is called, too
- ``operations``: what the examiner may ask to be done
- ``handles``: objects that stay in the jail, and values as trees
- ``descriptions``: describe classes, signatures and exceptions as trees
- ``unsent``: what stands for a value of the test that cannot be sent
- ``bindings``: the student's global names, as a test sees and changes them
- ``callbacks``: functions that call those of the test
- ``tasks``: run coroutines between requests
- ``said``: collect what a call prints, warns and logs
"""
