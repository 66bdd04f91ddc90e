"""What each system says in the names of its downloads: who submitted what, and when.

Pure. One module for each system; for a new one, add a module and an entry in ``table``.

- ``table``: all systems, and what they say about a path; start here
- ``scheme``: the types that the systems share
- ``dates``: read dates and times
- ``moodle``, ``canvas``, ``gradescope``, ``brightspace``: these systems
- ``sakai``, ``ilias``, ``aplus``, ``teams``, ``classroom50``: these, too
- ``nbgrader``: its folders, its exchange, and Blackboard
"""
