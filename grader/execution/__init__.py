"""Run code: student code in a jail, tests in the examiner."""
