# subtle
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        here += arriving[i, j] / k**2
    return gradient
