"""The data that travels between examiner, grader and jail. Never pickles or code.

- ``codec``: encode plain data as trees, and decode it
- ``registry``: the codecs for values of libraries, one for each kind
- ``kinds``: the type of these codecs
- ``keras_codec``: Keras objects and tensors
- ``messages``: frames between examiner and jail
- ``frames``: frames between grader and kernel
- ``size_check``: count the items of a frame before it is unpacked
"""
