# %% bias_per_channel [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w + 1) * channels * filters

# %% bias_per_channel_in [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters + channels

# %% bias_per_place [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters + filters * (height - h + 1) * (width - w + 1)

# %% bias_per_weight [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return 2 * h * w * channels * filters

# %% channels_added [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w + channels + 1) * filters

# %% channels_and_bias_dropped [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * filters

# %% channels_dropped [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w + 1) * filters

# %% dense_on_image [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (height * width * channels + 1) * filters

# %% filters_left_out [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels + 1

# %% height_for_channels [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * height + 1) * filters

# %% no_bias [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters

# %% one_bias_for_all [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return h * w * channels * filters + 1

# %% sides_added [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return ((h + w) * channels + 1) * filters

# %% square_kernel [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * h * channels + 1) * filters

# %% square_kernel_width [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (w * w * channels + 1) * filters

# %% three_channels_always [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * 3 + 1) * filters

# %% times_image_size [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * channels + 1) * filters * height * width

# %% times_places [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * channels * filters) * (height - h + 1) * (width - w + 1) + filters

# %% width_for_channels [subtle]
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * width + 1) * filters
