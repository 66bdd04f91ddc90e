# subtle
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        here = gradient[i * s : i * s + k, j * s : j * s + k]
        a = b = 0
        for c, d in np.ndindex(window.shape):
            if window[c, d] >= window[a, b]:
                a, b = c, d
        here[a, b] += arriving[i, j]
    return gradient
