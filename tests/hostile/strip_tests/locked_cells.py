# Test cells of the submission itself are cut out: the instructor's own are run.
# A cell of the same name that earns all stands in their place.
# score: 7 = double + shift + table
# %% mean-test
100
# %% root-test
pass
# %% tally-test
2
