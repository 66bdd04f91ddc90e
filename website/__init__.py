"""Make the course's web site from the notebooks, the guides and the code.

``make site`` writes it into ``build/site/html``. ``pages`` holds pages written by hand.

============== ===============================================================
__main__       run notebooks, write sources, call Sphinx, check links
places         where the repository is, and where the site is built
runs           run notebooks with ``grader run``, and keep the results by content
lessons        make the page of a lesson from its student copy and its runs
outputs        which outputs a page shows: none that gives an answer away
quiz           questions that answer on the page, and how replies are hidden
words          the text of a lesson's cells: places, boxes, questions
explorers      the gallery's page, and explorers on other pages
misconceptions the index from what many believe to what is so
guides         the pages of docs/, with links that lead somewhere
reference      pages about commands and Python names, from the code itself
font           the font of formulas
sources        write all of them, touching only what has changed
links          find broken links and loads from other hosts in the finished pages
rendering      a Sphinx extension: formulas as MathML, words in empty heads of tables
conf           Sphinx's settings
============== ===============================================================
"""
