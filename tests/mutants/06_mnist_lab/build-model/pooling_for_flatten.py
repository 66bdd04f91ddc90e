# subtle
def build_model():
    """Return a new, untrained model with 10 logits."""
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


model = build_model()
