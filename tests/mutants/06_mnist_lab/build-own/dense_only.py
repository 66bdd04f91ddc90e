# subtle
def build_own():
    """Return a new CNN: my own."""
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
    stack += [keras.layers.Dense(256, activation="relu"), keras.layers.Dense(10)]
    return keras.Sequential(stack)
