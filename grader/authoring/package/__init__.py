"""Pack an assignment as an autograder that runs on another system.

- ``package``: make the package; start here
- ``targets``: the systems, and the files of which their packages are made
- ``course_copy``: copy only those parts of a course that grading needs
- ``needs``: find the Python packages that must be installed beside the grader
- ``wheels``: make the wheel of a distribution that no registry has
- ``site``: lay a package out as the other system does, and set it up
- ``rehearse``: run a package here, for some submissions
- ``on_site``: grade one submission, on the system where the package is installed
- ``__main__``: the command line of ``on_site``
"""
