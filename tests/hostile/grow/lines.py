# It prints lines for ever.
# score: 7 = double + shift + table
# %% mean
while True:
    print('x' * 80)
