# %% returns_nothing
# says: `return` hands the model over
def build_model():
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    keras.Sequential(stack)


# %% returns_the_list
# says: keras.Sequential makes a model of a list
def build_model():
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return stack


# %% valid_padding
# says: without `padding`, Keras takes "valid"
def build_model():
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, activation="relu"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


# %% softmax
# says: logits are asked for, not probabilities
# wrong answer: ends_in_softmax


# %% no_relu
# says: its ReLU is missing
def build_model():
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same"),
        keras.layers.Conv2D(8, 3, 2, "same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)


# %% no_stride
# says: without `strides`, a convolution takes 1
def build_model():
    stack = [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(4, 5, 1, "same", activation="relu"),
        keras.layers.Conv2D(8, 3, padding="same", activation="relu"),
        keras.layers.Conv2D(12, 3, 2, "same", activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(200, activation="relu"),
        keras.layers.Dense(10),
    ]
    return keras.Sequential(stack)
