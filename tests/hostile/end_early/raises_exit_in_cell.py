# A cell raises SystemExit, KeyboardInterrupt and GeneratorExit.
# score: 7 = double + shift + table
# %% mean
def mean(x):
    raise KeyboardInterrupt
try:
    raise SystemExit(0)
finally:
    raise GeneratorExit
