# subtle
def max_pool_backward(image, arriving, k, s):
    gradient = np.zeros(image.shape)
    for i, j in np.ndindex(arriving.shape):
        best = image[i * s : i * s + k, j * s : j * s + k].max()
        gradient[tuple(np.argwhere(image == best)[0])] += arriving[i, j]
    return gradient
