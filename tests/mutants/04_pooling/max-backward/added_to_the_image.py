def max_pool_backward(image, arriving, k, s):
    gradient = image.copy()
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.unravel_index(window.argmax(), window.shape)
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient
