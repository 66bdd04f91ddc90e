"""What people read after grading: pages, tables and files for other programs.

- ``feedback``: the feedback page for a student
- ``class_feedback``: the pages of a class
- ``feedback_notebook``: the same as a notebook
- ``pack``: feedback for a whole class in one archive for an LMS
- ``by_hand``: the points that a person gave
- ``class_report``: the page about a class
- ``comparison``: the grades beside those of nbgrader
- ``nbgrader_errors``: the errors that nbgrader saw
- ``course_problems``: what is wrong with the course itself
- ``exports``: grades for an LMS, nbgrader or a build server
- ``html``: templates that escape text, and style sheets
- ``junit``: JUnit XML
- ``platforms``: the results files of Gradescope and Classroom 50
- ``prompts``: what a question asks, and the section it is in
- ``status_words``: the status of a cell, in words for students
"""
