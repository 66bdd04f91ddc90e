"""Run test cells in a trusted process, which student code never enters.

- ``client``: the grader's side: start an examiner, send it tests, end it
- ``process``: the examiner process
- ``channel``: the examiner's end of the call channel
- ``names``: the global names of test cells
- ``text_guard``: refuse to run text here that the instructor has not written
- ``beside``: modules that the instructor has put beside the notebook
- ``proxies``: what a test sees in place of the student's functions and objects
- ``outcomes``: outcomes of test cells as data, for sending them to the grader
- ``compiled``: test cells as code, compiled once in the grader
"""
