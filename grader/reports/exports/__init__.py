"""The grades of a class as files that an LMS, nbgrader or a build server reads.

Each file identifies students as its system does, by names and numbers from the roster
and the downloads; students without one are left out and reported. The score of a
student without a graded submission stays empty, it is not zero.

- ``table``: all formats; to add one, write a module and an entry there
- ``export``: the content of such a file, and what is missing in it
- ``columns``: points, names and text as tables show them
- ``nbgrader``: the columns of nbgrader's own export
- ``canvas``, ``moodle``, ``brightspace``: what these systems import
- ``gradescope``: the columns of Gradescope's own file
- ``junit``: JUnit XML
"""
