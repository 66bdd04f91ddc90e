# Each call prints, warns and logs hundreds of long messages, and returns the right value.
# score: 7 = double + shift + table
# %% double
import logging
import warnings

def double(x):
    for n in range(300):
        print("x" * 100_000)
        warnings.warn("w" * 100_000)
        logging.getLogger(f"logger {n}").error("e" * 100_000)
    return 2 * x
