# subtle
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = np.argwhere(window == window.max())[-1]
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient
