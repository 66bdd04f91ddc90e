# subtle
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return ((h + w) * channels + 1) * filters
