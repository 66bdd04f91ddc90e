def depthwise_kernel(k, channels):
    return np.full((channels, 1, k, k), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))
