"""The data that travels between examiner, grader and jail. Never pickles or code.

- ``codec``: plain data as trees, and back
- ``registry``: the values of libraries, one codec for each kind
- ``kinds``: what a codec is
- ``keras_codec``: Keras objects and tensors
- ``messages``: frames between examiner and jail
- ``frames``: frames between grader and kernel
- ``size_check``: how much a frame holds, counted before it is unpacked
"""
