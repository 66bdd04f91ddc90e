# %% returns_nothing
# says: `print` shows a value, `return` hands it over
def build_own():
    layers = keras.layers
    keras.Sequential([keras.Input((28, 28, 1)), *block(8), layers.Flatten(), layers.Dense(10)])


# %% no_channel
# says: it reads 28 × 28, not 28 × 28 × 1
def build_own():
    layers = keras.layers
    return keras.Sequential([keras.Input((28, 28)), layers.Conv1D(8, 3), layers.Flatten(), layers.Dense(10)])


# %% one_output
# says: it gives 1 numbers for each image, not 10
def build_own():
    layers = keras.layers
    return keras.Sequential([keras.Input((28, 28, 1)), *block(8), layers.Flatten(), layers.Dense(1)])


# %% no_flatten
# says: not 10
def build_own():
    layers = keras.layers
    return keras.Sequential([keras.Input((28, 28, 1)), *block(8), layers.Dense(10)])
