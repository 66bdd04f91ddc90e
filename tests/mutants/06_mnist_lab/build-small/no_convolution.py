# subtle
def build_small():
    """Return a new CNN with fewer than 10,000 parameters."""
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
    return keras.Sequential([*stack, keras.layers.Dense(10)])
