# subtle
def depthwise_kernel(k, channels):
    return np.ones((k, k, channels, 1))


def full_kernel(k, channels):
    return np.tile(np.eye(channels), (k, k, 1, 1))
