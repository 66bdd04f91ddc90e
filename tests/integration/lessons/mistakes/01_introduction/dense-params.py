# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
# wrong answer: prints


# %% no_bias
# says: the biases are missing
# wrong answer: no_bias


# %% no_channels
# says: each pixel has a value in each channel
# wrong answer: no_channels
