# It takes memory until there is none.
# score: 7 = double + shift + table
# %% mean
kept = []
while True:
    kept.append(bytearray(10 << 20))
