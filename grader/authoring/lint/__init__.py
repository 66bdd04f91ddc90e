"""Check source notebooks against the course's rules of structure, length and form.

Start at :func:`grader.authoring.lint.lint.lint`. To add a rule, write its function in
``anatomy``, ``exercises`` or ``form`` and put it into ``RULES`` there.

========= =====================================================================
lint      read the notebooks of a course, and apply every rule
finding   what a rule looks at (Page), and what it reports (Remark, Finding)
anatomy   rules on structure, from title to summary, and on length
exercises rules on exercises, their prompts, answers and tests
form      rules on a notebook's file: format, ids, metadata, links, alt text
prose     the words, headings, links and tables in Markdown
address   where the course is published, and its links in notebooks
========= =====================================================================
"""
