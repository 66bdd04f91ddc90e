# %% batch_axis_for_channel
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((1, 28, 28)), layers.Reshape((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% channels_before_pixels
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Permute((3, 1, 2)), layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% channels_first
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((1, 28, 28)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% convolution_left_out
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

# %% one_dimensional
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv1D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% relu_lost
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% relu_on_logits
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="relu")]
    return keras.Sequential(stack)

# %% softmax_added
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10, activation="softmax")]
    return keras.Sequential(stack)

# %% stride_lost
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 1, "same", activation="relu")
    stack = [keras.Input((28, 28, 1)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% three_channels
def mended_a():
    """Return the first model, mended."""
    conv = layers.Conv2D(8, 3, 2, "same", activation="relu")
    stack = [keras.Input((28, 28, 3)), conv, layers.Flatten(), layers.Dense(10)]
    return keras.Sequential(stack)

# %% transposed
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
