# Four hundred cells, each of which prints nearly as much as a cell may.
# score: 7 = double + shift + table
# %% many 400
print("x" * 500_000)
