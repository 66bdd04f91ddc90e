def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * k : i * k + k, j * k : j * k + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * k + a, j * k + b] += arriving[i, j]
    return gradient
