# subtle
def depthwise_kernel(k, channels):
    return np.pad(np.ones((1, 1, channels, 1)), ((0, k - 1), (0, k - 1), (0, 0), (0, 0)))


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))
