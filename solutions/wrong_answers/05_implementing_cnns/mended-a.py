# %% batch_axis_for_channel [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((1, 28, 28)), layers.Reshape((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% channels_before_pixels [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Permute((3, 1, 2)), layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% channels_first [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((1, 28, 28)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% convolution_left_out [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% flatten_left_out
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Dense(10)]
    return keras.Sequential(stack)

# %% one_dimensional [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv1D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% relu_lost [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% relu_on_logits [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="relu")]
    return keras.Sequential(stack)

# %% softmax_added [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="softmax")]
    return keras.Sequential(stack)

# %% stride_lost [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 1, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% three_channels [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 3)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% transposed [subtle]
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), layers.Permute((2, 1, 3)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% unchanged
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)
