# %% returns_nothing
# says: `print` shows a value, `return` hands it over
def build_small():
    layers = keras.layers
    keras.Sequential([keras.Input((28, 28, 1)), *block(8), layers.Flatten(), layers.Dense(10)])


# %% returns_the_list
# says: return a Keras model, not a list
def build_small():
    layers = keras.layers
    return [keras.Input((28, 28, 1)), *block(8), layers.Flatten(), layers.Dense(10)]


# %% too_large
# says: 9,999 are allowed
def build_small():
    layers = keras.layers
    return keras.Sequential([keras.Input((28, 28, 1)), *block(8), layers.Flatten(), layers.Dense(10)])


# %% softmax
# says: it ends in a softmax: give logits
def build_small():
    layers = keras.layers
    return keras.Sequential([keras.Input((28, 28, 1)), *block(8, stride=4), layers.Flatten(), layers.Dense(10, "softmax")])


# %% no_convolution
# says: there is no convolution in it
def build_small():
    layers = keras.layers
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)])
