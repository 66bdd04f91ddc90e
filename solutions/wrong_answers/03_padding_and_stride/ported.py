# %% bare_layer
ported = keras.layers.Conv2D(4, 3, strides=2)

# %% bias_not_set
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
kernel, bias = torch_weights()
ported.layers[-1].kernel.assign(kernel)

# %% bottom_and_right_only
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(((0, 1), (0, 1))),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% columns_symmetric_rows_same
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(((0, 1), (1, 1))),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% convolved_then_padded
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, strides=2),
        keras.layers.ZeroPadding2D(((0, 1), (0, 1))),
    ]
)
ported.set_weights(torch_weights())

# %% filters_reversed
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
kernel, bias = torch_weights()
ported.set_weights([kernel[..., ::-1], bias[::-1]])

# %% function_not_model
ported = torch_layer

# %% kernel_flipped
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
kernel, bias = torch_weights()
ported.set_weights([kernel[::-1, ::-1], bias])

# %% kernel_transposed
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
kernel, bias = torch_weights()
ported.set_weights([kernel.transpose(1, 0, 2, 3), bias])

# %% no_bias
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2, use_bias=False),
    ]
)
ported.set_weights(torch_weights()[:1])

# %% no_padding
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% no_stride
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3),
    ]
)
ported.set_weights(torch_weights())

# %% one_fixed_row_too_many
ported = None
ported = keras.Sequential(
    [
        keras.Input((11, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% padded_twice
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2, padding="same"),
    ]
)
ported.set_weights(torch_weights())

# %% padding_two
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(2),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% pooled_instead
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3),
        keras.layers.MaxPooling2D(2),
    ]
)
ported.set_weights(torch_weights())

# %% relu_added
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2, activation="relu"),
    ]
)
ported.set_weights(torch_weights())

# %% rows_symmetric_columns_same
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(((1, 1), (0, 1))),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% same_padding
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, strides=2, padding="same"),
    ]
)
ported.set_weights(torch_weights())

# %% slicing_the_same_map
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, padding="same"),
        keras.layers.Cropping2D(((1, 0), (1, 0))),
        keras.layers.MaxPooling2D(1, strides=2),
    ]
)
ported.set_weights(torch_weights())

# %% stride_by_average
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.Conv2D(4, 3, padding="same"),
        keras.layers.AveragePooling2D(2),
    ]
)
ported.set_weights(torch_weights())

# %% stride_on_rows_only
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=(2, 1)),
    ]
)
ported.set_weights(torch_weights())

# %% weights_not_set
ported = None
ported = keras.Sequential(
    [
        keras.Input((10, 8, 2)),
        keras.layers.ZeroPadding2D(1),
        keras.layers.Conv2D(4, 3, strides=2),
    ]
)
