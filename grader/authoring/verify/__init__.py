"""Prove the tests: solutions pass, wrong answers do not, nothing leaks."""
