"""Prove the tests: solutions pass, wrong answers do not, and nothing leaks.

Start at :func:`grader.authoring.verify.verify.verify`. In the order of the work:

============= ==================================================================
case          read what is to be tried of one notebook
wrong_answers wrong answers that were written by hand
equivalent    the list of generated answers that are right after all
mutants       all wrong answers to try, wherever they come from
stage         try them, in jails and worker threads
findings      the results of one notebook
checks        judge them: what falls short
stubs         whether a student copy can be filled in
proof         the findings and what falls short, as a report
verify        all of these, notebook by notebook
============= ==================================================================
"""
