# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    print((height * width * channels + 1) * neurons)


# %% no_bias
# says: the biases are missing
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return height * width * channels * neurons


# %% no_channels
# says: each pixel has a value in each channel
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return (height * width + 1) * neurons
