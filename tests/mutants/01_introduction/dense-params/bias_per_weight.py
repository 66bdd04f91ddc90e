# subtle
def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    return 2 * height * width * channels * neurons
