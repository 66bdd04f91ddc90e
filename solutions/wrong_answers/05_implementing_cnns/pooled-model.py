# %% average_pooling
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.AveragePooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.AveragePooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% both_downsample
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% first_layer_pooled
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% no_bias
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu", use_bias=False)(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu", use_bias=False)(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu", use_bias=False)(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu", use_bias=False)(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% no_pooling
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% no_relu
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% not_returned
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    keras.Model(image, layers.Dense(10)(hidden))

# %% one_stride_one_pool
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% pool_of_stride_one
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2, 1, "same")(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2, 1, "same")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% pooled_before_the_convolution
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% pooled_by_four_at_the_end
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(4)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% pools_after_all_three
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% relu_on_logits
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10, activation="relu")(hidden))

# %% softmax
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10, activation="softmax")(hidden))

# %% strides_kept_no_pooling
def pooled_model():
    """Return the slides' model, untrained, in the functional style."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 2, "same", activation="relu")(maps)
    maps = layers.Conv2D(12, 3, 2, "same", activation="relu")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% valid_padding
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "valid", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "valid", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    maps = layers.Conv2D(12, 3, 1, "valid", activation="relu")(maps)
    maps = layers.MaxPooling2D(2)(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))

# %% windows_of_three
def pooled_model():
    """Return the slides' model with pooling instead of strides."""
    image = keras.Input((28, 28, 1))
    maps = layers.Conv2D(4, 5, 1, "same", activation="relu")(image)
    maps = layers.Conv2D(8, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(3, 2, "same")(maps)
    maps = layers.Conv2D(12, 3, 1, "same", activation="relu")(maps)
    maps = layers.MaxPooling2D(3, 2, "same")(maps)
    hidden = layers.Dense(200, activation="relu")(layers.Flatten()(maps))
    return keras.Model(image, layers.Dense(10)(hidden))
