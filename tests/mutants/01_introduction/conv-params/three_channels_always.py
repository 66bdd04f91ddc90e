# subtle
def conv_params(image_shape, kernel_shape, filters):
    height, width, channels = image_shape
    h, w = kernel_shape
    return (h * w * 3 + 1) * filters
