# %% unchanged
# says: the softmax is applied twice: in the last layer, and by the loss
def mended_c():
    return broken_c()


# %% both_changed
# says: the outputs are logits: is the loss told so?
# wrong answer: both_changed


# %% sigmoid_for_softmax
# says: layer 3, dense, has the activation sigmoid
def mended_c():
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    dense = layers.Dense(10, activation="sigmoid")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), dense]
    model = keras.Sequential(stack)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=False)
    model.compile("adam", loss)
    return model


# %% mended_in_the_loss
# passes: it is right: the other of the two ways
def mended_c():
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    dense = layers.Dense(10, activation="softmax")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), dense]
    model = keras.Sequential(stack)
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy())
    return model
