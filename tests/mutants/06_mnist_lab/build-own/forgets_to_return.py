def build_own():
    """Return a new CNN: my own."""
    layers = keras.layers
    move = layers.RandomTranslation(0.05, 0.05, "constant", "nearest")
    stack = [keras.Input((28, 28, 1)), move]
    stack += block(16, kernel=5, stride=2)
    stack += block(32, stride=2)
    stack += block(64) + block(64, pool=True)
    stack += [layers.Flatten(), layers.Dropout(0.1), layers.Dense(10)]
    keras.Sequential(stack)
