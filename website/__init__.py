"""Make the course's web site from the notebooks, the guides and the code.

``make site`` writes it into ``build/site/html``. ``pages`` holds pages written by hand.

============== ===============================================================
__main__       run notebooks, write sources, call Sphinx, check links
places         where the repository is, and where the site is built
runs           run notebooks with ``grader run``, and keep the executed notebooks
cells          read the cells of a notebook's file
lessons        make the page of a lesson from its student copy and its runs
outputs        choose the outputs that a page shows: none that reveals an answer
quiz           questions that can be answered on the page, with hidden replies
words          the text of a lesson's cells: anchors, boxes, questions
explorers      the gallery's page, and explorers on other pages
misconceptions the page about common misconceptions
guides         the pages of docs/, with links that work on the site
reference      pages about commands and Python names, from the code itself
font           the font of formulas
sources        write the sources of all pages, changing only files that differ
links          find broken links, and files loaded from other hosts
rendering      a Sphinx extension: formulas as MathML, words in empty heads of tables
conf           Sphinx's settings
============== ===============================================================
"""
