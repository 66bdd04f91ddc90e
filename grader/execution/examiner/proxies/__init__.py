"""What a test sees in place of the student's functions, classes and objects.

The student's names are fetched over the call channel. Data arrives as copies; all else
stays in the jail, and a *proxy* stands for it here. What a test asks of a proxy is
asked in the jail, and what cannot be asked raises :class:`~grader.errors.CannotAsk`: a
proxy never answers for the object as Python would for any object. Modules are always
the examiner's own.

- ``student``: the kernel's calls and operations; values as trees
- ``kernel_names``: the names in the student's namespace, and their values
- ``bindings``: the names that a test binds and student code reads
- ``objects``: the stand-in for an object, and its handle
- ``functions``: the stand-in for a function, with its signature
- ``classes``: the stand-in for a class, a real class made from its description
- ``forwarders``: special methods, such as operators, that ask in the jail
- ``steps``: generators and coroutines, which run step by step
- ``exceptions``: the exceptions that student code raises
- ``said``: repeat here what a call printed, warned and logged
- ``callbacks``: the test's own functions, called by student code
- ``outgoing``: encode what a test passes to student code
- ``levels``: the levels of loggers that a test sets
- ``questions``: functions of ``inspect`` and others that ask in the jail
"""
