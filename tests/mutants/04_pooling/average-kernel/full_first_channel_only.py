# subtle
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.tile(np.diag(np.arange(channels) == 0) / k**2, (k, k, 1, 1))
