# %% no_channel_axis
# says: expected min_ndim=4, found ndim=3. Full shape received: (None, 28, 28): the input has no channel axis yet
def mended_a():
    return broken_a()


# %% channel_in_front
# says: the input shape is (1, 28, 28), not (28, 28, 1)
# wrong answer: channels_first


# %% batch_axis_in_the_input
# says: keras.Input leaves the batch axis out
def mended_a():
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((None, 28, 28, 1)), conv, layers.Flatten()]
    return keras.Sequential([*stack, layers.Dense(10)])


# %% three_channels
# says: the input shape is (28, 28, 3), not (28, 28, 1)
# wrong answer: three_channels
