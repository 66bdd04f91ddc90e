# %% bias_per_channel
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w + 1) * channels * filters

# %% bias_per_channel_in
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters + channels

# %% bias_per_place
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters + filters * (height - h + 1) * (width - w + 1)

# %% bias_per_weight
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return 2 * h * w * channels * filters

# %% channels_added
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w + channels + 1) * filters

# %% channels_and_bias_dropped
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * filters

# %% channels_dropped
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w + 1) * filters

# %% dense_on_image
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (height * width * channels + 1) * filters

# %% filters_left_out
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels + 1

# %% height_for_channels
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * height + 1) * filters

# %% no_bias
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters

# %% one_bias_for_all
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters + 1

# %% sides_added
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return ((h + w) * channels + 1) * filters

# %% square_kernel
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * h * channels + 1) * filters

# %% square_kernel_width
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (w * w * channels + 1) * filters

# %% three_channels_always
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * 3 + 1) * filters

# %% times_image_size
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * channels + 1) * filters * height * width

# %% times_places
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * channels * filters) * (height - h + 1) * (width - w + 1) + filters

# %% width_for_channels
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * width + 1) * filters
