# %% prints_instead_of_returning
# says: returned None: `print` shows a value, `return` hands it over
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    print((kernel_shape[0] * kernel_shape[1] * channels + 1) * filters)


# %% no_bias
# says: the biases are missing
def conv_params(image_shape, kernel_shape, filters):
    return kernel_shape[0] * kernel_shape[1] * image_shape[2] * filters


# %% no_channels
# says: a filter has weights for each channel
def conv_params(image_shape, kernel_shape, filters):
    return (kernel_shape[0] * kernel_shape[1] + 1) * filters


# %% bias_for_each_channel
# says: one bias for each filter
def conv_params(image_shape, kernel_shape, filters):
    return (kernel_shape[0] * kernel_shape[1] + 1) * image_shape[2] * filters


# %% as_a_dense_layer
# says: the size of the image does not matter
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    return (height * width * channels + 1) * filters


# %% whole_image_times_kernel
# says: the size of the image does not matter
def conv_params(image_shape, kernel_shape, filters):
    h, w = kernel_shape
    return np.prod(image_shape) * h * w * filters + filters
