# The network right, the rest wrong.
# assignment: net
# score: 2 = build
# %% build
def build():
    layers = [keras.layers.Dense(3, activation="relu"), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input((4,)), *layers])
# %% scale
def scale(images):
    return images / 100
