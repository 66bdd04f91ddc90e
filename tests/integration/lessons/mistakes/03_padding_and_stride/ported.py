# %% padding_same
# says: 'same' pads only at the bottom and right
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, strides=2, padding="same"),
    ]
)
ported.set_weights(torch_weights())

# %% no_weights
# says: its kernel is not that of torch_weights(): set the weights
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)

# %% no_padding
# says: (3, 4, 3, 4), not (3, 5, 4, 4): 1 cell of padding on each side
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% kernel_only
# says: the bias is not set
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2, use_bias=False),
    ]
)
ported.set_weights(torch_weights()[:1])

# %% layers_in_a_list
# says: a list, not a model
ported = [keras.layers.ZeroPadding2D(1), keras.layers.Conv2D(4, 3, strides=2)]

# %% no_input
# says: begin the model with keras.Input((10, 8, 2))
ported = keras.Sequential(
    [
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
