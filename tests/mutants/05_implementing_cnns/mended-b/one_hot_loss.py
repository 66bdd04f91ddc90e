# subtle
def mended_b():
    """Return the second model, mended and compiled."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    model = keras.Sequential(stack)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model
