def dense_params(image_shape, neurons):
    height, width, channels = image_shape
    print((height * width * channels + 1) * neurons)
