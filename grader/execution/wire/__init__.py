"""The data that travels between examiner, grader and jail. Never pickles or code.

- ``codec``: encode plain data as trees, and decode it
- ``arrays``: arrays as dtype, shape and bytes
- ``named_types``: the types that are sent by their names
- ``registry``: the codecs for all other values, one for each kind
- ``kinds``: the type of these codecs
- ``containers``: containers of the standard library, views of dictionaries
- ``named_tuples``: named tuples and their classes
- ``standard_values``: fractions, dates, paths and other values of the standard library
- ``numpy_codec``: structured, masked and object arrays, matrices
- ``pandas_codec``: data frames, series, indexes and scalars of pandas
- ``scipy_codec``: sparse matrices of SciPy
- ``keras_codec``: Keras objects and tensors
- ``keras_functions``: functions of libraries that Keras models may use
- ``keras_own``: Keras objects with code of the student's own
- ``sharing``: which containers inside a message are one and the same object
- ``abilities``: the special methods that the examiner passes on to the jail
- ``messages``: frames between examiner and jail
- ``frames``: frames between grader and kernel
- ``size_check``: count the items of a frame before it is unpacked
"""
