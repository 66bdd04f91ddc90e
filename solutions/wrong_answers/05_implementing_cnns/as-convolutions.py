# %% averaged_over_places
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
            layers.GlobalAveragePooling2D(keepdims=True),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% biases_left_out
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights([w * (w.ndim > 1) for w in weights])
    return wide

# %% biases_of_the_head_left_out
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    weights[7], weights[9] = 0 * weights[7], 0 * weights[9]
    wide.set_weights(weights)
    return wide

# %% channels_first_reshape
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(12, 7, 7, 200).transpose(1, 2, 0, 3)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% columns_before_rows
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200).swapaxes(0, 1)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% cropped_to_28
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    image = keras.Input((None, None, 1))
    logits = model(image[:, :28, :28])
    return keras.Model(image, layers.Reshape((1, 1, 10))(logits))

# %% dense_layers_kept
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Dense(10),
        ]
    )
    old = zip(model.get_weights(), wide.get_weights(), strict=True)
    wide.set_weights([mine.reshape(new.shape) for mine, new in old])
    return wide

# %% fixed_size
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% flattened_at_the_end
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
            layers.GlobalMaxPooling2D(),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% fortran_order
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape((7, 7, 12, 200), order="F")
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% head_with_stride
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% kernel_flipped
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)[::-1, ::-1]
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% no_relu_in_the_head
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% one_by_one_only
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 1, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    return wide

# %% relu_on_logits
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1, activation="relu"),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% resized_to_28
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Resizing(28, 28),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% same_padding
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, 1, "same", activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% softmax
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1, activation="softmax"),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    wide.set_weights(weights)
    return wide

# %% unchanged
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    return model

# %% weights_not_copied
def as_convolutions(model):
    """Return the slides' model with a head that slides."""
    wide = keras.Sequential(
        [
            keras.Input((None, None, 1)),
            layers.Conv2D(4, 5, 1, "same", activation="relu"),
            layers.Conv2D(8, 3, 2, "same", activation="relu"),
            layers.Conv2D(12, 3, 2, "same", activation="relu"),
            layers.Conv2D(200, 7, activation="relu"),
            layers.Conv2D(10, 1),
        ]
    )
    weights = model.get_weights()
    weights[6] = weights[6].reshape(7, 7, 12, 200)
    weights[8] = weights[8].reshape(1, 1, 200, 10)
    return wide
