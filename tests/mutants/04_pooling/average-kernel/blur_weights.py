# subtle
def depthwise_kernel(k, channels):
    return np.full((k, k, channels, 1), 1.0) * np.outer(np.hamming(k + 2)[1:-1], np.hamming(k + 2)[1:-1])[:, :, None, None] / np.outer(np.hamming(k + 2)[1:-1], np.hamming(k + 2)[1:-1]).sum()


def full_kernel(k, channels):
    return np.tile(np.eye(channels) / k**2, (k, k, 1, 1))
