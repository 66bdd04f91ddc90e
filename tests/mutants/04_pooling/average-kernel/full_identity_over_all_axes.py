# subtle
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1 / k**2)


def full_kernel(k, channels):
    return np.eye(k * k * channels, channels).reshape(k, k, channels, channels) / k**2
