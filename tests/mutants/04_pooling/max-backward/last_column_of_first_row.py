# subtle
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        window = image[i * s : i * s + k, j * s : j * s + k]
        a, b = sorted(np.argwhere(window == window.max()).tolist(), key=lambda c: (c[0], -c[1]))[0]
        gradient[i * s + a, j * s + b] += arriving[i, j]
    return gradient
