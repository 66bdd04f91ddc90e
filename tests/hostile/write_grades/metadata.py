# Points and graded cells of its own making, in the notebook and in a cell that it adds.
# score: 7 = double + shift + table
# %% last
get_ipython().set_next_input("### BEGIN HIDDEN TESTS", replace=True)
from IPython.display import display
display({"application/vnd.nbgrader": {"points": 100}, "text/plain": "100"}, raw=True)
# %% tally-test
### nbgrader: {"grade": true, "points": 100}
100.0
