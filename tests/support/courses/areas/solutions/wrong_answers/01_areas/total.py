# %% as_array [subtle]
total = table

# %% first [subtle]
total = float(table[0])

# %% spoils [subtle]
table[0] = 0
total = float(np.sum(table))
