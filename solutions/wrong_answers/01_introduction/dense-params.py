# %% bias_per_channel
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * channels * neurons + channels

# %% bias_per_input
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * channels * (neurons + 1)

# %% bias_per_weight
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return 2 * height * width * channels * neurons

# %% channels_added
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return (height * width + channels + 1) * neurons

# %% height_squared
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return (height * height * channels + 1) * neurons

# %% neurons_left_out
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * channels + 1

# %% no_bias
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * channels * neurons

# %% no_channels
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return (height * width + 1) * neurons

# %% no_channels_no_bias
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * neurons

# %% one_bias_for_all
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * channels * neurons + 1

# %% prints
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    print((height * width * channels + 1) * neurons)

# %% returns_text
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return str((height * width * channels + 1) * neurons)

# %% sides_added
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return ((height + width) * channels + 1) * neurons

# %% three_channels_always
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return (height * width * 3 + 1) * neurons
