def max_pool_backward(image, arriving, k, s):
    big = np.repeat(np.repeat(arriving, s, axis=0), s, axis=1)
    gradient = np.zeros(image.shape)
    part = gradient[: len(big), : len(big[0])]
    part += big[: len(part), : len(part[0])]
    return gradient
