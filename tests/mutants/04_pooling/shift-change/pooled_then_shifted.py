# subtle
def shift_change(image, k, s):
    pooled = max_pool2d(image[None, :, :, None], k, s)[0, :, :, 0]
    first, second = pooled[:, :-1], pooled[:, 1:]
    return np.sum(np.abs(second - first)) / np.sum(np.abs(first))
