# %% prints_the_model
# says: returned None: `return` hands the model over
def slide_model():
    print(
        keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(4, 5, 1, "same", activation="relu"),
                layers.Conv2D(8, 3, 2, "same", activation="relu"),
                layers.Conv2D(12, 3, 2, "same", activation="relu"),
                layers.Flatten(),
                layers.Dense(200, activation="relu"),
                layers.Dense(10),
            ]
        )
    )


# %% softmax
# says: layer 6, dense, has the activation softmax: logits are asked for
# wrong answer: softmax


# %% no_padding
# says: has padding "valid", not padding "same": without `padding`, Keras takes "valid"
def slide_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, activation="relu"),
            layers.Conv2D(8, 3, strides=2, activation="relu"),
            layers.Conv2D(12, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )


# %% no_input_layer
# says: a model without an input layer
def slide_model():
    return keras.Sequential(
        [
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(10),
        ]
    )


# %% window_before_filters
# says: has 5 filters, not 4 filters: the filters come first, then the window
def slide_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(5, 4, 1, "same", activation="relu"),
            layers.Conv2D(3, 8, 2, "same", activation="relu"),
            layers.Conv2D(3, 12, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )


# %% one_channel_too_few
# says: the input shape is (28, 28), not (28, 28, 1)
def slide_model():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )


# %% relus_as_layers_of_their_own
# passes: it is the same network, and the hidden tests accept it as well
def slide_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same"),
            layers.ReLU(),
            layers.Conv2D(8, 3, 2, "same"),
            layers.ReLU(),
            layers.Conv2D(12, 3, 2, "same"),
            layers.ReLU(),
            layers.Flatten(),
            layers.Dense(200),
            layers.Activation("relu"),
            layers.Dense(10),
        ]
    )


# %% shape_in_three_arguments
# says: keras.Input takes one tuple
def slide_model():
    return keras.Sequential(
        [
            keras.Input(28, 28, 1),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Flatten(),
            layers.Dense(200, activation="relu"),
            layers.Dense(10),
        ]
    )
