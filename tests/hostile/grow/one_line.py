# It prints one line of 500 MB.
# score: 7 = double + shift + table
# %% mean
print('x' * 100_000_000)
print('x' * 500_000_000)
