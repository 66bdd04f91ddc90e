"""Pack an assignment as an autograder that runs on another system.

- ``package``: make the package; start here
- ``targets``: the systems, and what their packages are made of
- ``course_copy``: copy what grading needs of a course, and nothing else
- ``needs``: the packages that must be installed beside the grader
- ``wheels``: the wheel of a distribution that no registry has
- ``site``: lay a package out as the other system does, and set it up
- ``rehearse``: run a package here, for some submissions
- ``on_site``: grade one submission, where the package is installed
- ``__main__``: the command line of ``on_site``
"""
