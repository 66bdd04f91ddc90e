# subtle
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="relu")]
    return keras.Sequential(stack)
