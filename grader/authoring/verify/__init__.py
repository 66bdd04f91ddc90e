"""Prove the tests: solutions pass, wrong answers do not, nothing leaks.

``verify`` is the way through. ``case`` reads what there is to try (``wrong_answers``,
``equivalent``, and ``mutants`` with ``mutation`` and ``stubs``), ``stage`` tries it,
``findings`` holds what came of it, ``checks`` judges that, and ``proof`` is the result.
"""
